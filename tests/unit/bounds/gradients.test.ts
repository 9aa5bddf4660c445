import { describe, expect, it } from 'vitest';
import { Gradients } from '../../../src/bounds/gradients.ts';
import { createNetwork } from '../../../src/model/initialisers/createNetwork.ts';
import type { Model } from '../../../src/model/model.ts';

const make = (...widths: number[]): Model =>
  createNetwork({ widths, negativeSlope: 0, initialiser: 'he', seed: 8 });

/** What neuron i passes on: nothing, all of it, or a share. */
const shareOf = (i: number): number => [1, 0.25, 0, 1, -3][i % 5];

/** The norms of every layer by the definition, from matrices `[neurons][d]`. */
function knownNorms(net: Model): number[][] {
  let before: number[][] = [];
  return net.hidden.map(({ inputs, outputs, weights }, k) => {
    const row = (j: number) => weights.subarray(j * inputs, (j + 1) * inputs);
    const d = net.layers[0].inputs;
    const now = Array.from({ length: outputs }, (_, j) =>
      k === 0
        ? [...row(j)]
        : Array.from({ length: d }, (_, t) =>
            before.reduce((sum, gradient, i) => sum + row(j)[i] * shareOf(i) * gradient[t], 0),
          ),
    );
    before = now;
    return now.map((gradient) => Math.hypot(...gradient));
  });
}

function foundNorms(net: Model, gradients: Gradients): number[][] {
  return net.hidden.map((layer, k) => {
    if (k === 0) gradients.begin();
    else {
      const at = Uint32Array.from({ length: layer.inputs }, (_, i) => i).filter(shareOf);
      gradients.step(layer, { at, count: at.length });
    }
    for (let j = 0; j < layer.outputs; j++) if (shareOf(j) !== 0) gradients.scale(j, shareOf(j));
    return [...gradients.norms.subarray(0, layer.outputs)];
  });
}

describe('gradients that go through a network', () => {
  it.each([
    [[1, 3, 1]],
    [[2, 8, 4, 1]],
    [[3, 5, 9, 2, 1]],
    [[7, 6, 11, 4, 4, 1]],
    [[41, 13, 7, 1]],
  ])('have the lengths of the definition in %o, for one ball after another', (widths) => {
    const net = make(...widths);
    const gradients = new Gradients(net);
    const known = knownNorms(net);
    for (let ball = 0; ball < 2; ball++)
      foundNorms(net, gradients).forEach((norms, k) => {
        expect(norms).toHaveLength(known[k].length);
        for (const [j, norm] of norms.entries())
          expect(Math.abs(norm - known[k][j])).toBeLessThanOrEqual(1e-13 * Math.max(...known[k]));
      });
  });

  it('have lengths whose squares leave the range of 64 bits', () => {
    for (const size of [2 ** -540, 2 ** 520]) {
      const plain = make(5, 6, 3, 1);
      const scaled = make(5, 6, 3, 1);
      scaled.layers[0].weights.forEach((w, i) => {
        scaled.layers[0].weights[i] = w * size;
      });
      const known = foundNorms(plain, new Gradients(plain));
      foundNorms(scaled, new Gradients(scaled)).forEach((norms, k) => {
        for (const [j, norm] of norms.entries()) expect(norm / size).toBeCloseTo(known[k][j], 12);
      });
    }
  });
});
