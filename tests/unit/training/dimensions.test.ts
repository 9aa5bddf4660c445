import { describe, expect, it } from 'vitest';
import type { Samples, TrainingSamples } from '../../../src/data/dataset.ts';
import { splitSamples } from '../../../src/data/make.ts';
import { createNetwork } from '../../../src/model/initialisers/createNetwork.ts';
import { createModel, type Model } from '../../../src/model/model.ts';
import { createRandom, normal } from '../../../src/random.ts';
import { evaluate } from '../../../src/training/evaluate.ts';
import { optimisers } from '../../../src/training/optimisers/registry.ts';
import { Trainer } from '../../../src/training/trainer.ts';

const config = { optimiser: 'adam', learningRate: 0.003, batchSize: 32, l1: 0, l2: 0, seed: 1 };
const network = (widths: number[], seed = 1) =>
  createNetwork({ widths, negativeSlope: 0, initialiser: 'he', seed });

/** Every neuron of a layer gets the next of the slopes. */
const mixed = (net: Model, slopes: readonly number[]) =>
  createModel(
    net.layers,
    net.widths.map((width) =>
      Float64Array.from({ length: width }, (_, j) => slopes[j % slopes.length]),
    ),
  );

/** Points around one centre per class, far enough apart that a hyperplane divides any two classes. */
function clusters(inputs: number, classes: number, count: number): Samples {
  const random = createRandom(3);
  const gauss = normal(random);
  const centres = Float64Array.from({ length: classes * inputs }, random);
  const labels = Uint16Array.from({ length: count }, () => classes * random());
  const points = Float64Array.from(
    { length: count * inputs },
    (_, i) => centres[labels[Math.floor(i / inputs)] * inputs + (i % inputs)] + 0.3 * gauss(),
  );
  return { count, points, labels };
}

const finite = (net: Model) =>
  net.layers.every(({ weights, biases }) => [...weights, ...biases].every(Number.isFinite));

describe('training in any number of dimensions', () => {
  it.each([
    ['ReLU', [0]],
    ['mixed slopes', [-1, 0.3, 0, 1]],
  ])('tells ten classes apart from 784 inputs, with %s', (_, slopes) => {
    const { train, test } = splitSamples(clusters(784, 10, 500), 0.8, 1);
    expect(train.points.length).toBe(400 * 784);
    const trainer = new Trainer(mixed(network([784, 32, 16, 10]), slopes), train, {
      ...config,
      loss: 'softmax',
    });
    const before = evaluate(trainer.network, test, 'softmax');
    expect(before.accuracy).toBeLessThan(0.4);
    for (let i = 0; i < 100; i++) expect(trainer.step()).toBe('stepped');
    const after = evaluate(trainer.network, test, 'softmax');
    expect(after.loss).toBeLessThan(before.loss! / 10);
    expect(after.accuracy).toBeGreaterThanOrEqual(0.98);
  });

  it('fits several real functions of five variables at once', () => {
    const random = createRandom(8);
    const count = 400;
    const points = Float64Array.from({ length: 5 * count }, () => 2 * random() - 1);
    const targets = Float64Array.from({ length: 2 * count }, (_, i) => {
      const [a, b, c] = points.subarray(5 * (i >> 1));
      return i % 2 === 0 ? Math.abs(a) - b : a * c;
    });
    const samples = { count, points, targets };
    const net = mixed(network([5, 24, 24, 2]), [0, -1]);
    const trainer = new Trainer(net, samples, { ...config, loss: 'squared' });
    const before = evaluate(trainer.network, samples, 'squared').loss!;
    for (let i = 0; i < 600; i++) trainer.step();
    expect(evaluate(trainer.network, samples, 'squared').loss).toBeLessThan(before / 30);
  });

  it('learns the absolute value with one neuron of slope −1, which ReLU needs two for', () => {
    const points = Float64Array.from({ length: 101 }, (_, i) => (i - 50) / 50);
    const samples = { count: 101, points, targets: points.map(Math.abs) };
    const maps = [
      { inputs: 1, outputs: 1, weights: Float64Array.of(0.3), biases: Float64Array.of(0.2) },
      { inputs: 1, outputs: 1, weights: Float64Array.of(0.5), biases: Float64Array.of(0.1) },
    ];
    const net = createModel(maps, -1);
    const trainer = new Trainer(net, samples, { ...config, learningRate: 0.03, loss: 'squared' });
    for (let i = 0; i < 2000; i++) trainer.step();
    expect(evaluate(trainer.network, samples, 'squared').loss).toBeLessThan(1e-4);
  });

  it('divides every class in the same proportion to within one sample', () => {
    for (const classes of [1, 2, 3, 10])
      for (const fraction of [0.1, 0.37, 0.5, 0.9]) {
        const samples = clusters(3, classes, 97);
        const { train, test } = splitSamples(samples, fraction, 4);
        expect(train.count + test.count).toBe(97);
        for (let label = 0; label < classes; label++) {
          const of = ({ labels }: Samples) => labels.filter((one) => one === label).length;
          const fair = (of(samples) * train.count) / 97;
          expect(Math.abs(of(train) - fair)).toBeLessThanOrEqual(1);
          expect(of(train) + of(test)).toBe(of(samples));
        }
      }
  });
});

describe('divergence, whatever the loss', () => {
  const count = 64;
  const random = createRandom(6);
  const points = Float64Array.from({ length: 3 * count }, () => 2e9 * random() - 1e9);
  const labels = Uint8Array.from({ length: count }, () => 3 * random());
  const targets = Float64Array.from({ length: 2 * count }, () => 2e9 * random() - 1e9);
  const kinds: [string, number, TrainingSamples][] = [
    ['logistic', 1, { count, points, labels: labels.map((label) => label & 1) }],
    ['softmax', 3, { count, points, labels }],
    ['squared', 2, { count, points, targets }],
  ];

  it.each(kinds)(
    'keeps the last good weights and lets no NaN out: %s',
    (loss, outputs, samples) => {
      const start = mixed(network([3, ...Array(6).fill(8), outputs]), [0, -1, 0.5, 1]);
      let diverged = 0;
      for (const { key: optimiser } of optimisers)
        for (const learningRate of [1, 1e3, 1e9, 1e300]) {
          const trainer = new Trainer(start, samples, { ...config, optimiser, learningRate, loss });
          for (let i = 0; i < 8; i++) {
            const before = trainer.snapshot();
            if (trainer.step() === 'diverged') {
              diverged++;
              expect(trainer.snapshot()).toEqual(before);
            }
            expect(finite(trainer.network)).toBe(true);
          }
          const told = evaluate(trainer.network, samples, loss);
          expect(Number.isFinite(told.loss)).toBe(true);
          if (loss === 'squared') expect(told.accuracy).toBeNull();
          else expect(told.accuracy).toBeGreaterThanOrEqual(0);
        }
      expect(diverged).toBeGreaterThan(20);
    },
  );

  it.each(kinds)('goes on from there with a smaller rate: %s', (loss, outputs, samples) => {
    const small = { ...samples, points: samples.points.map((x) => x / 1e9) };
    const tame =
      'targets' in small ? { ...small, targets: small.targets.map((t) => t / 1e9) } : small;
    const start = network([3, 8, outputs]);
    const trainer = new Trainer(start, tame, { ...config, learningRate: 1e300, loss });
    expect(trainer.step()).toBe('diverged');
    trainer.configure({ learningRate: 0.01 });
    const fresh = new Trainer(start, tame, { ...config, learningRate: 0.01, loss });
    for (let i = 0; i < 20; i++)
      expect([trainer.step(), fresh.step()]).toEqual(['stepped', 'stepped']);
    expect(trainer.snapshot()).toEqual(fresh.snapshot());
  });
});
