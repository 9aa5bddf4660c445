import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { createModel } from '../../src/model/model.ts';
import { readSafetensors, writeSafetensors } from '../../src/model/safetensors.ts';
import { alsoMixed, network } from '../support/networks.ts';

const anyNumber = fc.double({ noNaN: true, noDefaultInfinity: true });

describe('a network written as safetensors', () => {
  it('reads back to the same bits, whatever its numbers and slopes', () => {
    fc.assert(
      fc.property(alsoMixed(network(anyNumber)), (drawn) => {
        // A slope of −0 is read as 0.
        const slopes = drawn.hidden.map((layer) => layer.slopes.map((s) => s + 0));
        const net = createModel(drawn.layers, slopes);
        const { net: read, assumed } = readSafetensors(writeSafetensors(net));
        expect(read).toEqual(net);
        expect(assumed).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('is, with any byte of it changed, refused in one sentence or read as another network', () => {
    const byte = fc.nat(255);
    fc.assert(
      fc.property(
        alsoMixed(network(fc.integer({ min: -3, max: 3 }))),
        fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), byte), { minLength: 1 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.boolean(),
        (net, changes, cut, isCut) => {
          const file = writeSafetensors(net);
          // Most of the bytes that matter are in the header.
          for (const [place, value] of changes)
            file[Math.floor(place * place * (file.length - 1))] = value;
          const given = isCut ? file.subarray(0, Math.floor(cut * file.length)) : file;
          try {
            const { layers } = readSafetensors(given).net;
            expect(layers.every(({ weights }) => weights.every(Number.isFinite))).toBe(true);
          } catch (error) {
            if (!(error instanceof InputError)) throw error;
            expect(error.message).toMatch(/^[^\n]{1,400}$/);
          }
        },
      ),
      { numRuns: 1500 },
    );
  });
});
