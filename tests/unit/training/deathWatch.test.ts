import { describe, expect, it } from 'vitest';
import { createModel, withMaps } from '../../../src/model/model.ts';
import { buildData, buildTrainer } from '../../../src/settings/build.ts';
import { readLink } from '../../../src/settings/link.ts';
import { Backpropagation } from '../../../src/training/backpropagation.ts';
import { DeathWatch, isDead } from '../../../src/training/deathWatch.ts';
import type { Trainer } from '../../../src/training/trainer.ts';

const opened = (link: string) => {
  const { settings } = readLink(link);
  return { trainer: buildTrainer(settings), train: buildData(settings).train };
};

/** Trains on, and tells at which step a watch first called the network dead, and whether it ever took that back. */
function watched(trainer: Trainer, train: ReturnType<typeof opened>['train'], steps: number) {
  const watch = new DeathWatch();
  let since: number | null = null;
  let takenBack = false;
  for (let step = 1; step <= steps; step++) {
    trainer.step();
    watch.look(trainer.stepsDone, trainer.network, train);
    if (watch.dead) since ??= step;
    else if (since !== null) takenBack = true;
  }
  return { since, takenBack };
}

describe('a network that dies', () => {
  it('is found, and stays dead: nothing before its last layers has a gradient any more', () => {
    for (const link of ['opt=sgd&lr=3&net=2-8-8-1', 'opt=momentum&lr=1&net=2-4-1&seed=42']) {
      const { trainer, train } = opened(link);
      const { since, takenBack } = watched(trainer, train, 1500);
      expect(since).not.toBeNull();
      expect(takenBack).toBe(false);
      const backpropagation = new Backpropagation(trainer.network, train);
      const all = Uint32Array.from({ length: train.count }, (_, i) => i);
      backpropagation.run(all, 0, all.length);
      const [first] = backpropagation.gradient.layers;
      expect([...first.weights, ...first.biases].every((slope) => slope === 0)).toBe(true);
    }
  });

  it('is not called so before it has been for a hundred steps, not even where it began dead', () => {
    const seeds = Array.from({ length: 40 }, (_, seed) => `net=2-1-1-1&seed=${seed}`);
    const still = seeds.map(opened).filter(({ trainer, train }) => isDead(trainer.network, train));
    expect(still.length).toBeGreaterThan(0);
    for (const { trainer, train } of still) {
      const { since } = watched(trainer, train, 300);
      expect(since).toBe(150);
    }
  });

  it('is not one that learns, nor one with a single sample that is alive, nor a leaky one', () => {
    for (const link of ['', 'data=spiral&lr=0.03', 'opt=sgd&lr=0.3&data=moons']) {
      const { trainer, train } = opened(link);
      expect(watched(trainer, train, 600).since).toBeNull();
    }
    const { trainer, train } = opened('opt=sgd&lr=3&net=2-8-8-1');
    watched(trainer, train, 600);
    const net = trainer.snapshot();
    expect(isDead(net, train)).toBe(true);
    expect(isDead(createModel(net.layers, 0.01), train)).toBe(false);
    expect(isDead(net, { ...train, count: 0 })).toBe(false);
    // One neuron of every layer is on at one point, far from all others.
    const point = [1e5, 1e5];
    const awake = withMaps(
      net,
      net.layers.map((layer, k) => {
        const weights = layer.weights.slice();
        if (k === 0) weights.set([1, 1], 0);
        else weights[0] = 1e6;
        return { ...layer, weights };
      }),
    );
    awake.layers[0].biases[0] = -1e5;
    const points = Float64Array.from([...train.points, ...point]);
    expect(isDead(awake, { ...train, points: train.points })).toBe(true);
    expect(isDead(awake, { count: train.count + 1, points })).toBe(false);
  });

  it('is one where a layer of slopes 0 is off, whatever the slopes of the others', () => {
    const map = (outputs: number, bias: number) => ({
      inputs: 2,
      outputs,
      weights: new Float64Array(2 * outputs).fill(0.5),
      biases: new Float64Array(outputs).fill(bias),
    });
    const samples = { count: 2, points: Float64Array.of(1, 1, -1, 0.5) };
    const net = (off: number, ...slopes: number[][]) =>
      createModel(
        [map(2, off === 0 ? -9 : 0), map(2, off === 1 ? -9 : 0), map(1, 0)],
        slopes.map((own) => Float64Array.from(own)),
      );
    expect(isDead(net(0, [0, 0], [-1, 0.3]), samples)).toBe(true);
    expect(isDead(net(1, [-1, 1], [0, 0]), samples)).toBe(true);
    expect(isDead(net(0, [0, -1], [0, 0]), samples)).toBe(false);
    expect(isDead(net(1, [0, 0], [0, 0.3]), samples)).toBe(false);
    expect(isDead(net(1, [0, 0], [1, 0]), samples)).toBe(false);
  });
});
