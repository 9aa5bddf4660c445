import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeData } from '../../src/data/make.ts';
import { createNetwork } from '../../src/model/initialisers/createNetwork.ts';
import { evaluate } from '../../src/training/evaluate.ts';
import { optimisers } from '../../src/training/optimisers/registry.ts';
import { addPenalties, packParameters } from '../../src/training/parameters.ts';
import { Trainer } from '../../src/training/trainer.ts';

/** Half the step of the central difference. */
const STEP = 1e-5;
const shapes = fc.constantFrom([2, 1], [2, 3, 1], [2, 8, 8, 1], [2, 1, 5, 1], [2, 4, 3, 5, 2, 1]);

describe('penalties', () => {
  it('add the slope that central differences measure on weights, and nothing on biases', () => {
    const amounts = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(shapes, amounts, amounts, fc.nat(1e6), (widths, l1, l2, seed) => {
        const net = createNetwork({ widths, negativeSlope: 0, initialiser: 'he', seed });
        const gradient = packParameters(net.layers);
        gradient.flat.fill(0);
        addPenalties(gradient, packParameters(net.layers), l1, l2);
        const penalty = (w: number) => l1 * Math.abs(w) + (l2 / 2) * w * w;
        net.layers.forEach(({ weights }, k) => {
          weights.forEach((w, i) => {
            if (Math.abs(w) < STEP) return;
            const measured = (penalty(w + STEP) - penalty(w - STEP)) / (2 * STEP);
            expect(gradient.layers[k].weights[i]).toBeCloseTo(measured, 8);
          });
          expect(gradient.layers[k].biases.every((slope) => slope === 0)).toBe(true);
        });
      }),
      { numRuns: 40 },
    );
  });
});

describe('a run of training', () => {
  it('ends in the same bits whether or not somebody looks on', () => {
    const rates = fc.double({ min: 1e-3, max: 1, noNaN: true });
    const kinds = fc.constantFrom(...optimisers.map(({ key }) => key));
    const batches = fc.integer({ min: 1, max: 80 });
    fc.assert(
      fc.property(
        kinds,
        rates,
        batches,
        fc.nat(1e6),
        (optimiser, learningRate, batchSize, seed) => {
          const { train, test } = makeData({
            kind: 'moons',
            count: 60,
            noise: 0.2,
            trainFraction: 0.8,
            seed,
          });
          const net = createNetwork({
            widths: [2, 5, 4, 1],
            negativeSlope: 0.05,
            initialiser: 'he',
            seed,
          });
          const config = { optimiser, learningRate, batchSize, l1: 1e-3, l2: 1e-3, seed };
          const [watched, alone] = [0, 1].map(() => new Trainer(net, train, config));
          for (let i = 0; i < 25; i++) {
            alone.step();
            watched.step();
            watched.snapshot();
            const { loss, accuracy } = evaluate(watched.network, test);
            expect(Number.isFinite(loss)).toBe(true);
            expect(accuracy).toBeGreaterThanOrEqual(0);
          }
          expect(watched.snapshot()).toEqual(alone.snapshot());
          expect(watched.epochsDone).toBe(alone.epochsDone);
        },
      ),
      { numRuns: 40 },
    );
  });
});
