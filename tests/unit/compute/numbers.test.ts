import { beforeAll, describe, expect, it } from 'vitest';
import { largest } from '../../../src/compute/checks.ts';
import type { Compute, Points } from '../../../src/compute/compute.ts';
import { createReferenceCompute } from '../../../src/compute/reference/backend.ts';
import { createSimdCompute } from '../../../src/compute/simd/backend.ts';
import { SIMD_MODULE } from '../../../src/compute/simd/module.ts';
import { type NumberExports, NumberPort, PORT_BYTES } from '../../../src/compute/simd/numbers.ts';
import { createNetwork } from '../../../src/model/initialisers/createNetwork.ts';
import { scatter } from '../../gpu/nets.ts';

/** Numbers in one piece and in several, with and without a remainder of four. */
const LENGTHS = [0, 1, 2, 3, 4, 5, 31, 4095, 4096, 4097, 9001];
const KINDS = [Float32Array, Float64Array];

let exports: NumberExports & { heapBase(): number };
let base: number;
let port: NumberPort;
beforeAll(async () => {
  const { instance } = await WebAssembly.instantiate(
    Uint8Array.from(atob(SIMD_MODULE), (letter) => letter.charCodeAt(0)),
  );
  exports = instance.exports as unknown as typeof exports;
  base = Math.ceil(exports.heapBase() / 16) * 16;
  exports.memory.grow(4);
  port = new NumberPort(exports, base);
});

describe('numbers on their way to the SIMD kernels', () => {
  it.each(KINDS)('are measured wherever the largest stands, in a %o', (Kind) => {
    for (const length of LENGTHS)
      for (const place of new Set([0, 1, length >> 1, length - 2, length - 1])) {
        const values = new Kind(length).map((_, i) => Math.sin(i) / 3);
        if (place >= 0 && place < length) values[place] = -7 / 3;
        const known = largest(values);
        const found = port.largest(values);
        expect(found).toBeGreaterThanOrEqual(known);
        expect(found).toBeLessThanOrEqual(known * (1 + 2 ** -23) + 2 ** -149);
      }
  });

  it.each(KINDS)('are known for what is not finite, in a %o', (Kind) => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
      for (const length of LENGTHS.slice(1))
        for (const place of [0, length - 1]) {
          const values = new Kind(length);
          values[place] = bad;
          expect(port.largest(values)).toBeNaN();
        }
  });

  it('are never said to be smaller than they are, not even those that 32 bits take for zero', () => {
    for (let power = -200; power < 120; power++)
      for (const share of [1, 1.1, 1.5 + 2 ** -24, 1.99999999]) {
        const value = share * 2 ** power;
        expect(port.largest(Float64Array.of(0, -value))).toBeGreaterThanOrEqual(value);
      }
  });

  it('are too large where 32 bits cannot hold them', () => {
    expect(port.largest(Float64Array.of(1, 1e39))).toBeNaN();
    expect(port.largest(Float64Array.of(1, -3.4e38))).toBeGreaterThanOrEqual(3.4e38);
  });

  it('arrive in 32 bits, rounded as they are elsewhere', () => {
    const to = base + PORT_BYTES;
    for (const length of LENGTHS) {
      const values = Float64Array.from({ length }, (_, i) => Math.sin(i) * 2 ** ((i % 290) - 155));
      for (const given of [values, Float32Array.from(values)]) {
        const there = new Float32Array(exports.memory.buffer, to, length + 8).fill(3);
        port.pass(given, to);
        expect(there.subarray(0, length)).toEqual(Float32Array.from(values));
        expect([...there.subarray(length + 4)]).toEqual([3, 3, 3, 3]);
      }
    }
  });
});

describe('points that the SIMD backend cannot take', () => {
  let compute: Compute;
  const known = createReferenceCompute();
  const net = createNetwork({ widths: [40, 9, 2], negativeSlope: 0, initialiser: 'he', seed: 1 });
  beforeAll(async () => {
    compute = await createSimdCompute();
  });

  it.each(KINDS)('are refused with the coordinate, in a %o', async (Kind) => {
    const bad: Points = Kind.from(scatter(300, 40));
    bad[40 * 207 + 11] = Number.NaN;
    bad[40 * 290] = Number.POSITIVE_INFINITY;
    for (const kernel of ['forward', 'activations', 'patterns', 'hashes'] as const)
      await expect(compute[kernel](net, bad)).rejects.toThrow(
        'coordinate 12 of point 208 is not a finite number',
      );
  });

  it('are worked out in 64 bits where those can', async () => {
    const far = scatter(5, 40);
    far[77] = 1e39;
    expect(await compute.patterns(net, far)).toEqual(await known.patterns(net, far));
  });

  it('do no harm to a batch that is under way', async () => {
    const points = Float32Array.from(scatter(40_000, 40));
    const alone = await compute.forward(net, points);
    const [all, ...others] = await Promise.all([
      compute.forward(net, points),
      ...Array.from({ length: 20 }, async (_, i) => {
        for (let turn = 0; turn < i; turn++) await null;
        return compute.forward(net, points.subarray(0, 400 * i));
      }),
    ]);
    expect(all).toEqual(alone);
    for (const [i, part] of others.entries()) expect(part).toEqual(alone.subarray(0, 20 * i));
  });
});
