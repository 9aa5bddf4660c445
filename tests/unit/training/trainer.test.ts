import { describe, expect, it } from 'vitest';
import { makeData } from '../../../src/data/make.ts';
import { InputError } from '../../../src/errors.ts';
import { createNetwork } from '../../../src/model/initialisers/createNetwork.ts';
import { createModel, type Model } from '../../../src/model/model.ts';
import { evaluate } from '../../../src/training/evaluate.ts';
import { optimisers } from '../../../src/training/optimisers/registry.ts';
import { Trainer } from '../../../src/training/trainer.ts';

const config = { optimiser: 'adam', learningRate: 0.01, batchSize: 10, l1: 0, l2: 0, seed: 1 };
const network = (seed = 1, widths = [2, 8, 8, 1]) =>
  createNetwork({ widths, negativeSlope: 0, initialiser: 'he', seed });
const data = (kind = 'circle', seed = 1) =>
  makeData({ kind, count: 300, noise: 0.1, trainFraction: 0.7, seed });
const none = { count: 0, points: new Float64Array(0), labels: new Uint8Array(0) };

function steps(trainer: Trainer, count: number): void {
  for (let i = 0; i < count; i++) trainer.step();
}

const weightsOf = (net: Model) => net.layers.flatMap(({ weights }) => [...weights]);
const biasesOf = (net: Model) => net.layers.flatMap(({ biases }) => [...biases]);
const allOf = (net: Model) => [...weightsOf(net), ...biasesOf(net)];

describe('training', () => {
  it.each(optimisers.map(({ key }) => key))(
    'gets 95 %% of circle test points right with %s',
    (optimiser) => {
      const learningRate = { sgd: 0.1, momentum: 0.03, adam: 0.01 }[optimiser];
      expect(learningRate).toBeDefined();
      for (const seed of [1, 2, 3]) {
        const { train, test } = data('circle', seed);
        const trainer = new Trainer(network(seed), train, {
          ...config,
          optimiser,
          learningRate: learningRate!,
          seed,
        });
        steps(trainer, 600);
        expect(evaluate(trainer.network, test).accuracy).toBeGreaterThanOrEqual(0.95);
      }
    },
  );

  it('gives bit-identical weights for the same seed and number of steps', () => {
    const runs = [0, 1].map(() => {
      const trainer = new Trainer(network(), data().train, config);
      steps(trainer, 100);
      return trainer.snapshot();
    });
    expect(runs[1]).toEqual(runs[0]);
    const other = new Trainer(network(), data().train, { ...config, seed: 2 });
    steps(other, 100);
    expect(other.snapshot()).not.toEqual(runs[0]);
  });

  it('leaves the network it was given alone, so that a reset finds the same weights', () => {
    const initial = network();
    steps(new Trainer(initial, data().train, config), 50);
    expect(initial).toEqual(network());
    expect(new Trainer(initial, data().train, config).snapshot()).toEqual(initial);
  });

  it('shows its weights live and hands out copies that stay as they are', () => {
    const trainer = new Trainer(network(), data().train, config);
    const view = trainer.network;
    const before = trainer.snapshot();
    trainer.step();
    expect(trainer.network).toBe(view);
    expect(allOf(view)).not.toEqual(allOf(before));
    expect(before).toEqual(network());
  });

  it('learns with leaky ReLU too', () => {
    const { train, test } = data();
    const trainer = new Trainer(createModel(network().layers, 0.1), train, config);
    steps(trainer, 600);
    expect(trainer.network.hidden.every(({ slopes }) => slopes.every((s) => s === 0.1))).toBe(true);
    expect(evaluate(trainer.network, test).accuracy).toBeGreaterThanOrEqual(0.95);
  });

  it('fits an affine network, which has no hidden layer', () => {
    const { train, test } = data('gaussians');
    const trainer = new Trainer(network(1, [2, 1]), train, { ...config, learningRate: 0.05 });
    steps(trainer, 300);
    expect(evaluate(trainer.network, test).accuracy).toBeGreaterThanOrEqual(0.95);
  });
});

describe('steps and epochs', () => {
  it('add up: the last batch of an epoch takes what is left', () => {
    const { train } = data();
    const trainer = new Trainer(network(), train, { ...config, batchSize: 100 });
    expect(train.count).toBe(210);
    expect(trainer.stepsPerEpoch).toBe(3);
    trainer.step();
    expect(trainer.epochsDone).toBeCloseTo(100 / 210, 15);
    steps(trainer, 2);
    expect([trainer.stepsDone, trainer.epochsDone]).toEqual([3, 1]);
  });

  it('meet every sample exactly once in an epoch', () => {
    // With SGD, a zero network and tiny steps, the sum of the steps tells which samples were met.
    const { train } = data();
    const still = createModel([
      { inputs: 2, outputs: 1, weights: Float64Array.of(0, 0), biases: Float64Array.of(0) },
    ]);
    const rate = 1e-9;
    const trainer = new Trainer(still, train, {
      ...config,
      optimiser: 'sgd',
      batchSize: 30,
      learningRate: rate,
    });
    steps(trainer, 7);
    let expected = 0;
    train.labels.forEach((label, n) => {
      expected -= ((0.5 - label) * train.points[2 * n]) / 30;
    });
    expect(trainer.network.layers[0].weights[0] / rate).toBeCloseTo(expected, 6);
  });

  it('take the whole set when the batch is larger', () => {
    const { train } = data();
    const large = new Trainer(network(), train, { ...config, batchSize: 100_000 });
    const exact = new Trainer(network(), train, { ...config, batchSize: train.count });
    steps(large, 5);
    steps(exact, 5);
    expect(large.stepsPerEpoch).toBe(1);
    expect(large.epochsDone).toBe(5);
    expect(large.snapshot()).toEqual(exact.snapshot());
  });

  it('do nothing when there is nothing to learn from', () => {
    const trainer = new Trainer(network(), none, config);
    expect(trainer.step()).toBe('no-data');
    expect([trainer.stepsDone, trainer.epochsDone, trainer.stepsPerEpoch]).toEqual([0, 0, 0]);
    expect(trainer.snapshot()).toEqual(network());
  });
});

describe('a saved state', () => {
  it('with a weight set by hand goes on from there, also after a step that diverges', () => {
    const trainer = new Trainer(network(), data().train, { ...config, optimiser: 'sgd' });
    steps(trainer, 70);
    const state = trainer.save();
    const parameters = state.parameters.slice();
    parameters[3] = 2.5;
    trainer.restore({ ...state, parameters });
    expect(trainer.network.layers[0].weights[3]).toBe(2.5);
    trainer.configure({ learningRate: 1e300 });
    expect(trainer.step()).toBe('diverged');
    expect(trainer.network.layers[0].weights[3]).toBe(2.5);
    trainer.configure({ learningRate: 1e-6 });
    trainer.step();
    expect(trainer.network.layers[0].weights[3]).toBeCloseTo(2.5, 4);
    expect(state.parameters[3]).not.toBe(2.5);
  });

  it('of another network, or of other samples, is refused and changes nothing', () => {
    const trainer = new Trainer(network(), data().train, config);
    steps(trainer, 5);
    const before = trainer.save();
    const few = { kind: 'circle', count: 50, noise: 0.1, trainFraction: 0.7, seed: 1 };
    for (const other of [
      new Trainer(network(1, [2, 4, 1]), data().train, config),
      new Trainer(network(), makeData(few).train, config),
    ])
      expect(() => trainer.restore(other.save())).toThrow(InputError);
    expect(() => trainer.restore({ ...before, memory: new Float64Array(3) })).toThrow(InputError);
    expect(trainer.save()).toEqual(before);
  });
});

describe('changing options while training', () => {
  it('takes effect at the next step', () => {
    const { train } = data();
    const changed = new Trainer(network(), train, { ...config, learningRate: 0.5 });
    changed.configure({ learningRate: 0.01 });
    const straight = new Trainer(network(), train, config);
    steps(changed, 20);
    steps(straight, 20);
    expect(changed.snapshot()).toEqual(straight.snapshot());
  });

  it('starts another optimiser afresh, and keeps the state of the same one', () => {
    const { train } = data();
    const kept = new Trainer(network(), train, config);
    const swapped = new Trainer(network(), train, config);
    const untouched = new Trainer(network(), train, config);
    for (const trainer of [kept, swapped, untouched]) steps(trainer, 10);
    kept.configure({ optimiser: 'adam' });
    swapped.configure({ optimiser: 'sgd' });
    swapped.configure({ optimiser: 'adam' });
    for (const trainer of [kept, swapped, untouched]) trainer.step();
    expect(kept.snapshot()).toEqual(untouched.snapshot());
    expect(swapped.snapshot()).not.toEqual(untouched.snapshot());
  });

  it('goes on through the epoch when the batch size changes', () => {
    const trainer = new Trainer(network(), data().train, config);
    steps(trainer, 3);
    trainer.configure({ batchSize: 50 });
    trainer.step();
    expect(trainer.epochsDone).toBeCloseTo(80 / 210, 15);
  });

  it('refuses what makes no sense and keeps the options it had', () => {
    const trainer = new Trainer(network(), data().train, config);
    for (const wrong of [
      { learningRate: 0 },
      { learningRate: Number.NaN },
      { batchSize: 0 },
      { batchSize: 1.5 },
      { l1: -1 },
      { l2: Number.POSITIVE_INFINITY },
      { optimiser: 'lion' },
    ])
      expect(() => trainer.configure(wrong)).toThrow(InputError);
    const untouched = new Trainer(network(), data().train, config);
    trainer.step();
    untouched.step();
    expect(trainer.snapshot()).toEqual(untouched.snapshot());
  });
});

describe('penalties', () => {
  it('shrink weights and leave biases alone', () => {
    const { train } = data();
    for (const penalty of [{ l1: 0.1 }, { l2: 0.1 }]) {
      const plain = new Trainer(network(), train, { ...config, optimiser: 'sgd' });
      const pulled = new Trainer(network(), train, { ...config, optimiser: 'sgd', ...penalty });
      plain.step();
      pulled.step();
      const start = weightsOf(network());
      weightsOf(pulled.network).forEach((weight, i) => {
        const pull = penalty.l1 === undefined ? start[i] : Math.sign(start[i]);
        expect(weight - weightsOf(plain.network)[i]).toBeCloseTo(-0.01 * 0.1 * pull, 14);
      });
      expect(biasesOf(pulled.network)).toEqual(biasesOf(plain.network));
    }
  });
});

describe('divergence', () => {
  it('is reported, and the last good weights stay', () => {
    const trainer = new Trainer(network(), data().train, {
      ...config,
      optimiser: 'sgd',
      learningRate: 1e12,
    });
    let result = trainer.step();
    for (let i = 0; i < 50 && result === 'stepped'; i++) result = trainer.step();
    expect(result).toBe('diverged');
    const before = trainer.snapshot();
    const { stepsDone, epochsDone } = trainer;
    expect(allOf(before).every(Number.isFinite)).toBe(true);
    expect(trainer.step()).toBe('diverged');
    expect(trainer.snapshot()).toEqual(before);
    expect([trainer.stepsDone, trainer.epochsDone]).toEqual([stepsDone, epochsDone]);
  });

  it('can be recovered from with a smaller learning rate', () => {
    for (const { key: optimiser } of optimisers) {
      const { train } = data();
      const trainer = new Trainer(network(), train, { ...config, optimiser, learningRate: 1e300 });
      expect(trainer.step()).toBe('diverged');
      expect(trainer.snapshot()).toEqual(network());
      trainer.configure({ learningRate: 0.01 });
      const fresh = new Trainer(network(), train, { ...config, optimiser });
      steps(trainer, 30);
      steps(fresh, 30);
      expect(trainer.snapshot()).toEqual(fresh.snapshot());
    }
  });

  it('in the middle of a run leaves no trace: going on slower, the weights are those of the replayed link', () => {
    for (const { key: optimiser } of optimisers) {
      const { train } = data();
      const [live, replayed] = [0, 1].map(
        () => new Trainer(network(), train, { ...config, optimiser }),
      );
      // Not a multiple of what the trainer goes back by.
      for (const trainer of [live, replayed]) steps(trainer, 100);
      live.configure({ learningRate: 1e300 });
      expect(live.step()).toBe('diverged');
      for (const trainer of [live, replayed]) {
        trainer.configure({ learningRate: 0.005 });
        steps(trainer, 30);
      }
      expect(live.snapshot()).toEqual(replayed.snapshot());
      expect(live.epochsDone).toBe(replayed.epochsDone);
    }
  });

  it('never lets a number out that is not finite, however wild the learning rate', () => {
    const { train, test } = data('spiral');
    const run = (width: number, optimiser: string, learningRate: number, count: number) => {
      const net = network(3, [2, ...Array(8).fill(width), 1]);
      const trainer = new Trainer(net, train, { ...config, optimiser, learningRate });
      for (let i = 0; i < count; i++) {
        trainer.step();
        expect(allOf(trainer.network).every(Number.isFinite)).toBe(true);
      }
      expect(Number.isFinite(evaluate(trainer.network, test).loss)).toBe(true);
    };
    for (const { key } of optimisers) {
      for (const learningRate of [1, 10, 1e3, 1e6, 1e9]) run(64, key, learningRate, 15);
      run(256, key, 1e9, 4);
    }
  });

  it('refuses to learn from weights that are already beyond every limit', () => {
    const net = network();
    net.layers[0].weights[0] = 1e300;
    net.layers[1].weights[0] = 1e300;
    expect(new Trainer(net, data().train, config).step()).toBe('diverged');
  });
});
