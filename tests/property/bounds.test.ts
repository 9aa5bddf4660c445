import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { algorithmOne } from '../../src/bounds/algorithmOne.ts';
import { powerOfTwo, zaslavsky } from '../../src/bounds/regionBounds.ts';
import type { Model } from '../../src/model/model.ts';
import { discRegions } from '../../src/regions/query/disc.ts';
import { forwardAll } from '../support/forward.ts';
import { ball } from './balls.ts';

/** Points of the closed disc: the centre, the rim, and a spiral between. */
function* discPoints(x: number, y: number, r: number): Generator<[number, number]> {
  yield [x, y];
  for (let i = 1; i <= 60; i++) {
    const reach = i > 40 ? r : r * Math.sqrt(i / 41);
    yield [x + reach * Math.cos(2.399963 * i), y + reach * Math.sin(2.399963 * i)];
  }
}

/** Pre- and post-activations of every hidden neuron. */
function activations(net: Model, x: number, y: number): { z: number; h: number }[] {
  const { hidden: layers } = forwardAll(net, [x, y]);
  return layers.flatMap((layer, k) =>
    Array.from(layer, (z, j) => ({ z, h: z > 0 ? z : net.hidden[k].slopes[j] * z })),
  );
}

describe('Algorithm 1 on any network in the plane', () => {
  it('is right about every neuron at every point of the ball', () => {
    fc.assert(
      fc.property(ball, fc.constantFrom('guarded', 'printed'), ({ net, x, y, r }, variant) => {
        const { layers } = algorithmOne(net, [x, y], r, variant as 'guarded' | 'printed');
        const said = layers.flatMap(({ A, U, rawU, P, S }) =>
          Array.from(A, (a, j) => ({ A: a, U: U[j], rawU: rawU[j], P: P[j], S: S[j] })),
        );
        const centre = activations(net, x, y);
        const slopes = net.hidden.flatMap((layer) => [...layer.slopes]);
        const wrong: string[] = [];
        for (const [px, py] of discPoints(x, y, r)) {
          const here = activations(net, px, py);
          const mirrored = activations(net, 2 * x - px, 2 * y - py);
          said.forEach(({ A, U, rawU, P, S }, i) => {
            const { z, h } = here[i];
            const hair = 1e-12 * (1 + Math.abs(A) + rawU);
            if (Math.abs(z - A) > rawU + hair) wrong.push(`rawU of neuron ${i}`);
            if (Math.abs(h - centre[i].h) > U + hair) wrong.push(`U of neuron ${i}`);
            if (slopes[i] === 1 ? S === 1 : S === 0 && (A > 0 ? z < -hair : z > hair))
              wrong.push(`S of neuron ${i}`);
            // An affine function takes at the centre the mean of what it takes at opposite points.
            const bend = Math.abs(h + mirrored[i].h - 2 * centre[i].h);
            if (P === 0 && bend > 4 * hair) wrong.push(`P of neuron ${i}`);
          });
        }
        expect(wrong).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('is never looser with the guard than as printed, and grows with the radius', () => {
    fc.assert(
      fc.property(ball, ({ net, x, y, r }) => {
        const guarded = algorithmOne(net, [x, y], r);
        const printed = algorithmOne(net, [x, y], r, 'printed');
        guarded.layers.forEach((layer, k) => {
          expect(layer.C).toBeLessThanOrEqual(printed.layers[k].C);
          layer.S.forEach((s, j) => {
            expect(s).toBeLessThanOrEqual(printed.layers[k].S[j]);
          });
        });
        expect(algorithmOne(net, [x, y], r / 2).C).toBeLessThanOrEqual(guarded.C);
      }),
      { numRuns: 300 },
    );
  });

  it('bounds the exact number of regions in the open disc, Zaslavsky’s product in between', () => {
    fc.assert(
      fc.property(ball, ({ net, x, y, r }) => {
        const { layers, C } = algorithmOne(net, [x, y], r);
        const product = zaslavsky(
          layers.map((layer) => layer.C),
          2,
        );
        const exact = discRegions(net, x, y, r);
        expect(exact.complete).toBe(true);
        expect(exact.linearRegions).toBeGreaterThanOrEqual(1);
        expect(exact.linearRegions).toBeLessThanOrEqual(exact.activationRegions);
        expect(BigInt(exact.activationRegions)).toBeLessThanOrEqual(product);
        expect(product).toBeLessThanOrEqual(powerOfTwo(C));
        const S = layers.flatMap((layer) => [...layer.S]);
        exact.switching.forEach((switches, i) => {
          if (switches) expect(S[i]).toBe(1);
        });
      }),
      { numRuns: 200 },
    );
  });
});
