import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TrainingSamples } from '../../src/data/dataset.ts';
import { createNetwork } from '../../src/model/initialisers/createNetwork.ts';
import { createModel, type Model } from '../../src/model/model.ts';
import { createRandom, normal, type Random } from '../../src/random.ts';
import { Backpropagation } from '../../src/training/backpropagation.ts';
import { packParameters } from '../../src/training/parameters.ts';
import { forward, forwardAll } from '../support/forward.ts';

/** Half the step h of the central difference. */
const STEP = 1e-5;
/**
 * Samples with a pre-activation nearer than this to 0 are left out: the loss has no derivative at a crease. A step in one
 * parameter, or of length h in any direction, moves none of these networks' pre-activations by more than a tenth of it.
 */
const MARGIN = 1e-2;
/**
 * The difference is off by h² f‴ / 6, some 1e-11, and by the rounding of the loss over h: 1e-16 / 1e-5 = 1e-11, and up to
 * a hundred times that where the loss is a sum of a thousand terms. A wrong sign or slope is off by some 1e-3.
 */
const TOLERANCE = 1e-7;

const LOSSES = ['logistic', 'softmax', 'squared'] as const;
type LossName = (typeof LOSSES)[number];
const SLOPES = [-1, -0.4, 0, 0.01, 0.3, 1];

/** A network that reads its parameters from `flat`; each neuron's slope is one of `slopes`. */
function networkOf(widths: readonly number[], slopes: readonly number[], seed: number) {
  const drawn = createNetwork({ widths: [...widths], negativeSlope: 0, initialiser: 'he', seed });
  const { flat, layers } = packParameters(drawn.layers);
  const random = createRandom(seed, 7);
  const own = drawn.widths.map((width) =>
    Float64Array.from({ length: width }, () => slopes[Math.floor(random() * slopes.length)]),
  );
  return { net: createModel(layers, own), flat };
}

/** Up to `wanted` samples that no crease is near, with labels or target values as the loss needs them. */
function smoothSamples(net: Model, loss: LossName, wanted: number, random: Random) {
  const points: number[] = [];
  let count = 0;
  for (let n = 0; n < 20 * wanted && count < wanted; n++) {
    const point = Array.from({ length: net.inputs }, () => 2 * random() - 1);
    const { hidden } = forwardAll(net, point);
    if (hidden.some((layer) => layer.some((z) => Math.abs(z) < MARGIN))) continue;
    points.push(...point);
    count++;
  }
  const base = { count, points: Float64Array.from(points) };
  if (loss === 'squared')
    return {
      ...base,
      targets: Float64Array.from({ length: count * net.outputs }, () => 2 * random() - 1),
    };
  const classes = Math.max(2, net.outputs);
  return { ...base, labels: Uint8Array.from({ length: count }, () => classes * random()) };
}

/** The mean loss, as the textbook writes it. */
function textbookLoss(net: Model, samples: TrainingSamples): number {
  const { count, points } = samples;
  let sum = 0;
  for (let n = 0; n < count; n++) {
    const out = forward(net, points.subarray(net.inputs * n, net.inputs * (n + 1)));
    if ('targets' in samples)
      for (let j = 0; j < net.outputs; j++)
        sum += (out[j] - samples.targets[net.outputs * n + j]) ** 2 / 2;
    else {
      const logits = net.outputs === 1 ? [0, out[0]] : [...out];
      const total = logits.reduce((all, z) => all + Math.exp(z), 0);
      sum -= Math.log(Math.exp(logits[samples.labels[n]]) / total);
    }
  }
  return sum / count;
}

/** The slope of the loss along a direction that lists (parameter, amount), by central differences. */
function measuredSlope(
  { net, flat }: { net: Model; flat: Float64Array },
  samples: TrainingSamples,
  direction: readonly (readonly [number, number])[],
): number {
  const before = direction.map(([i]) => flat[i]);
  const side = (step: number) => {
    direction.forEach(([i, amount], k) => {
      flat[i] = before[k] + step * amount;
    });
    return textbookLoss(net, samples);
  };
  const slope = (side(STEP) - side(-STEP)) / (2 * STEP);
  direction.forEach(([i], k) => {
    flat[i] = before[k];
  });
  return slope;
}

const orderOf = (count: number) => Uint32Array.from({ length: count }, (_, i) => i);

const expectClose = (computed: number, measured: number) =>
  expect(Math.abs(computed - measured)).toBeLessThan(TOLERANCE * (1 + Math.abs(measured)));

describe('backpropagation', () => {
  const shape = fc.constantFrom([2], [2, 3], [2, 8, 8], [1, 1, 5], [3, 4, 3, 5, 2], [7, 6]);
  const outputs = fc.integer({ min: 2, max: 5 });
  const oneSlope = fc.constantFrom(...SLOPES).map((slope) => [slope]);
  const slopes = fc.oneof(oneSlope, fc.constant(SLOPES));

  it.each(LOSSES)(
    'gives the slope that central differences measure, for every parameter: %s',
    (loss) => {
      fc.assert(
        fc.property(shape, outputs, slopes, fc.nat(1e6), (widths, several, used, seed) => {
          const made = networkOf([...widths, loss === 'logistic' ? 1 : several], used, seed);
          const samples = smoothSamples(made.net, loss, 12, createRandom(seed));
          fc.pre(samples.count > 0);
          const backpropagation = new Backpropagation(made.net, samples, loss);
          const value = backpropagation.run(orderOf(samples.count), 0, samples.count);
          expect(value).toBeCloseTo(textbookLoss(made.net, samples), 10);
          for (let i = 0; i < made.flat.length; i++)
            expectClose(backpropagation.gradient.flat[i], measuredSlope(made, samples, [[i, 1]]));
        }),
        { numRuns: 40 },
      );
    },
  );

  it.each([
    ['ReLU', [0]],
    ['mixed slopes', [-1, 0.3, 0, 1]],
  ])('does so for a softmax network of 784 inputs, with %s', (_, used) => {
    const made = networkOf([784, 32, 16, 10], used, 5);
    const random = createRandom(11);
    const samples = smoothSamples(made.net, 'softmax', 12, random);
    expect(samples.count).toBe(12);
    const backpropagation = new Backpropagation(made.net, samples, 'softmax');
    backpropagation.run(orderOf(12), 0, 12);
    const gradient = backpropagation.gradient.flat;
    const firstLayer = 784 * 32;
    const chosen = Array.from({ length: 80 }, () => Math.floor(random() * firstLayer));
    for (let i = firstLayer; i < gradient.length; i += 9) chosen.push(i);
    for (const i of chosen) expectClose(gradient[i], measuredSlope(made, samples, [[i, 1]]));
    // Every parameter at once, in random directions of length 1.
    const gauss = normal(random);
    for (let n = 0; n < 10; n++) {
      const drawn = Float64Array.from(gradient, gauss);
      const length = Math.hypot(...drawn);
      const direction = [...drawn].map((amount, i) => [i, amount / length] as const);
      const along = direction.reduce((sum, [i, amount]) => sum + gradient[i] * amount, 0);
      expectClose(along, measuredSlope(made, samples, direction));
    }
    // Without this every comparison above would hold for a gradient that is 0.
    expect(Math.hypot(...gradient)).toBeGreaterThan(0.1);
  });

  it('averages over a batch: the gradient of a batch is the mean of those of its samples', () => {
    fc.assert(
      fc.property(fc.constantFrom(...LOSSES), slopes, fc.nat(1e6), (loss, used, seed) => {
        const { net } = networkOf([2, 5, 4, loss === 'logistic' ? 1 : 3], used, seed);
        // More than are computed at once.
        const samples = smoothSamples(net, loss, 70, createRandom(seed + 1));
        fc.pre(samples.count > 1);
        const backpropagation = new Backpropagation(net, samples, loss);
        const order = orderOf(samples.count).reverse();
        const mean = new Float64Array(backpropagation.gradient.flat.length);
        for (let n = 0; n < samples.count; n++) {
          backpropagation.run(order, n, n + 1);
          backpropagation.gradient.flat.forEach((g, i) => {
            mean[i] += g / samples.count;
          });
        }
        backpropagation.run(order, 0, samples.count);
        backpropagation.gradient.flat.forEach((g, i) => {
          expect(Math.abs(g - mean[i])).toBeLessThan(1e-13 * (1 + Math.abs(g)));
        });
      }),
      { numRuns: 40 },
    );
  });
});
