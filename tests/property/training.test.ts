import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Samples } from '../../src/data/dataset.ts';
import { makeData } from '../../src/data/make.ts';
import { forward, forwardAll } from '../../src/model/forward.ts';
import { createNetwork } from '../../src/model/initialisers/createNetwork.ts';
import { createModel, type Model } from '../../src/model/model.ts';
import { createRandom } from '../../src/random.ts';
import { Backpropagation } from '../../src/training/backpropagation.ts';
import { evaluate } from '../../src/training/evaluate.ts';
import { optimisers } from '../../src/training/optimisers/registry.ts';
import { packParameters } from '../../src/training/parameters.ts';
import { addPenalties } from '../../src/training/penalties.ts';
import { Trainer } from '../../src/training/trainer.ts';

/** Half the step of the central difference; its error is of order STEP² + 1e-16 / STEP. */
const STEP = 1e-5;
/** Samples with a pre-activation nearer than this to 0 are left out: the loss has no derivative at a kink. */
const MARGIN = 1e-2;

const shapes = fc.constantFrom([2, 1], [2, 3, 1], [2, 8, 8, 1], [2, 1, 5, 1], [2, 4, 3, 5, 2, 1]);
const slopes = fc.constantFrom(0, 0.01, 0.3);
const initialisers = fc.constantFrom('he', 'xavier', 'orthogonal');

function smoothSamples(net: Model, seed: number): Samples {
  const random = createRandom(seed);
  const points: number[] = [];
  const labels: number[] = [];
  for (let n = 0; n < 12; n++) {
    const point = [2 * random() - 1, 2 * random() - 1];
    const { hidden } = forwardAll(net, point);
    if (hidden.some((layer) => layer.some((z) => Math.abs(z) < MARGIN))) continue;
    points.push(...point);
    labels.push(random() < 0.5 ? 0 : 1);
  }
  return {
    count: labels.length,
    points: Float64Array.from(points),
    labels: Uint8Array.from(labels),
  };
}

/** −mean log p(label), as the textbook writes it. */
function textbookLoss(net: Model, { count, points, labels }: Samples): number {
  let sum = 0;
  for (let n = 0; n < count; n++) {
    const logit = forward(net, points.subarray(2 * n, 2 * n + 2))[0];
    const p = 1 / (1 + Math.exp(labels[n] === 1 ? -logit : logit));
    sum -= Math.log(p);
  }
  return sum / count;
}

describe('backpropagation', () => {
  it('gives the slope that central differences measure, for every parameter', () => {
    fc.assert(
      fc.property(
        shapes,
        slopes,
        initialisers,
        fc.nat(1e6),
        (widths, negativeSlope, init, seed) => {
          const drawn = createNetwork({ widths, negativeSlope, initialiser: init, seed });
          const { flat, layers } = packParameters(drawn.layers);
          const net = createModel(layers, negativeSlope);
          const samples = smoothSamples(net, seed);
          fc.pre(samples.count > 0);
          const backpropagation = new Backpropagation(net);
          const order = Uint32Array.from({ length: samples.count }, (_, i) => i);
          const loss = backpropagation.run(samples, order, 0, samples.count);
          expect(loss).toBeCloseTo(textbookLoss(net, samples), 10);
          for (let i = 0; i < flat.length; i++) {
            const value = flat[i];
            flat[i] = value + STEP;
            const above = textbookLoss(net, samples);
            flat[i] = value - STEP;
            const below = textbookLoss(net, samples);
            flat[i] = value;
            const measured = (above - below) / (2 * STEP);
            const computed = backpropagation.gradient.flat[i];
            expect(Math.abs(computed - measured)).toBeLessThan(1e-7 * (1 + Math.abs(measured)));
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('averages over a batch: the gradient of a batch is the mean of those of its samples', () => {
    fc.assert(
      fc.property(slopes, fc.nat(1e6), (negativeSlope, seed) => {
        const net = createNetwork({ widths: [2, 5, 4, 1], negativeSlope, initialiser: 'he', seed });
        const samples = smoothSamples(net, seed + 1);
        fc.pre(samples.count > 1);
        const backpropagation = new Backpropagation(net);
        const order = Uint32Array.from({ length: samples.count }, (_, i) => samples.count - 1 - i);
        const mean = new Float64Array(backpropagation.gradient.flat.length);
        for (let n = 0; n < samples.count; n++) {
          backpropagation.run(samples, order, n, n + 1);
          backpropagation.gradient.flat.forEach((g, i) => {
            mean[i] += g / samples.count;
          });
        }
        backpropagation.run(samples, order, 0, samples.count);
        backpropagation.gradient.flat.forEach((g, i) => {
          expect(Math.abs(g - mean[i])).toBeLessThan(1e-13 * (1 + Math.abs(g)));
        });
      }),
      { numRuns: 40 },
    );
  });
});

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
