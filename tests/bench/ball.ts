import { localBounds } from '../../src/bounds/ladder.ts';
import { powerOfTwo, zaslavsky } from '../../src/bounds/regionBounds.ts';
import { createNetwork } from '../../src/model/initialisers/createNetwork.ts';
import type { Model } from '../../src/model/model.ts';
import { createRandom } from '../../src/random.ts';
import { BallCount, type BallRegions, ballRegions } from '../../src/regions/ball/ball.ts';
import { Trainer } from '../../src/training/trainer.ts';
import { digit, pooled } from './digits.ts';
import { plainBall } from './plainBall.ts';
import type { Row } from './table.ts';

const RADIUS = 0.4;
const DIGITS = 1000;
/** Pixels are 0 … 16, as in the set-up of docs/ball.md. */
const SCALE = 16;
const ROUNDS = 4;
const EPOCHS = [0, 6, 20];
const SHAPES = [
  [36, 16, 16, 1],
  [36, 32, 32, 1],
  [36, 16, 16, 16, 1],
];

interface Digits {
  readonly count: number;
  readonly points: Float64Array;
  readonly labels: Uint8Array;
}

function digits(shrink: (picture: Float64Array) => Float64Array): Digits {
  const random = createRandom(1, 20);
  const all = Array.from({ length: DIGITS }, (_, i) => shrink(digit(i % 2 === 1, random)));
  const points = Float64Array.from(
    all.flatMap((picture) => [...picture]),
    (v) => SCALE * v,
  );
  return { count: DIGITS, points, labels: Uint8Array.from(all, (_, i) => i % 2) };
}

const mean = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;
/** Seconds of one thread. */
const seconds = (work: () => void): number => {
  const before = process.cpuUsage();
  work();
  return process.cpuUsage(before).user / 1e6;
};

/** The shortest of some rounds, and what the last one found. */
function best<T>(work: () => T): [time: number, found: T] {
  let found = work();
  let time = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++)
    time = Math.min(
      time,
      seconds(() => {
        found = work();
      }),
    );
  return [time, found];
}

/** The network after so many epochs of plain SGD, batch 10, learning rate 0.02. */
function trained(widths: readonly number[], samples: Digits, epochs: readonly number[]): Model[] {
  const start = createNetwork({ widths, negativeSlope: 0, initialiser: 'he', seed: 1 });
  const trainer = new Trainer(start, samples, {
    optimiser: 'sgd',
    learningRate: 0.02,
    batchSize: 10,
    l1: 0,
    l2: 0,
    seed: 1,
  });
  return epochs.map((epoch) => {
    while (trainer.epochsDone < epoch)
      if (trainer.step() !== 'stepped') throw new Error('the network cannot be trained');
    return trainer.snapshot();
  });
}

/** The paper's set-up on drawn digits: the balls of radius 0.4 around all 1,000 training points. */
export async function ballBench(): Promise<Row[]> {
  const samples = digits(pooled);
  return SHAPES.flatMap((widths) =>
    trained(widths, samples, EPOCHS).map((net, k): Row => {
      const found: BallRegions[] = [];
      const time = seconds(() => {
        for (let i = 0; i < samples.count; i++)
          found.push(ballRegions(net, samples.points.subarray(36 * i, 36 * (i + 1)), RADIUS));
      });
      const upper = found.map((_, i) => {
        const x = samples.points.subarray(36 * i, 36 * (i + 1));
        const { layers } = localBounds(net, x, RADIUS, 'algorithm1');
        return Number(
          zaslavsky(
            layers.map(({ C }) => C),
            net.inputs,
          ),
        );
      });
      const counts = found.map(({ atLeast }) => atLeast).sort((a, b) => a - b);
      return {
        network: widths.join('-'),
        epoch: EPOCHS[k],
        'mean C': mean(found.map(({ C }) => C)),
        'mean 2^C': mean(found.map(({ C }) => Number(powerOfTwo(C)))),
        'mean Zaslavsky': mean(upper),
        'mean truth': mean(counts),
        median: counts[counts.length >> 1],
        max: counts[counts.length - 1],
        'a = b, of 1,000': found.filter(({ exact }) => exact).length,
        seconds: time,
      };
    }),
  );
}

/** Beside a plain implementation with a library for quadratic programs, on the same balls. */
export async function plainBallBench(): Promise<Row[]> {
  const samples = digits(pooled);
  return SHAPES.map((widths) => {
    const [net] = trained(widths, samples, [6]);
    const x = (i: number) => samples.points.slice(36 * i, 36 * (i + 1));
    const places = Array.from({ length: 50 }, (_, i) => x(20 * i));
    const [time, own] = best(() => places.map((at) => ballRegions(net, at, RADIUS)));
    const [plainTime, plain] = best(() => places.map((at) => plainBall(net, at, RADIUS)));
    if (own.some(({ atLeast }, i) => atLeast !== plain[i].regions))
      throw new Error('the plain implementation counts other regions');
    const regions = own.reduce((sum, { atLeast }) => sum + atLeast, 0);
    const nodes = (list: readonly { nodes: number }[]) => list.reduce((s, n) => s + n.nodes, 0);
    return {
      network: widths.join('-'),
      regions,
      'µs per region': (1e6 * time) / regions,
      'µs per region, plain': (1e6 * plainTime) / regions,
      'nodes per second': nodes(own) / time,
      'nodes per second, plain': nodes(plain) / plainTime,
      'times as fast': plainTime / time,
    };
  });
}

const BUDGET_S = 1;
const PER_RADIUS = 10;
const FEW = 20;

/** How far the count reaches within a second: fresh networks, balls around drawn digits. */
export async function ballReachBench(): Promise<Row[]> {
  const subjects: [widths: number[], samples: Digits, radii: number[]][] = [
    [[36, 32, 32, 1], digits(pooled), [0.4, 0.8, 1.6]],
    [[784, 64, 64, 10], digits((picture) => picture), [0.2, 0.4, 0.8, 1.2, 1.6]],
  ];
  return subjects.flatMap(([widths, samples, radii]) => {
    const net = createNetwork({ widths, negativeSlope: 0, initialiser: 'he', seed: 1 });
    const d = widths[0];
    return radii.map((r): Row => {
      const found = Array.from({ length: PER_RADIUS }, (_, i) => {
        const work = new BallCount(net, samples.points.subarray(d * i, d * (i + 1)), r);
        const before = process.cpuUsage();
        while (!work.run(5) && process.cpuUsage(before).user < 1e6 * BUDGET_S);
        return work.sofar();
      });
      const gaps = found.map(({ atLeast, atMost }) => Number(atMost) / atLeast);
      gaps.sort((a, b) => a - b);
      const exact = found.filter((ball) => ball.exact);
      const few = found.filter(({ C }) => C <= FEW);
      return {
        network: widths.join('-'),
        r,
        'mean C': mean(found.map(({ C }) => C)),
        'most C': Math.max(...found.map(({ C }) => C)),
        'C ≤ 20': few.length,
        'of them exact': few.filter((ball) => ball.exact).length,
        'exact in 1 s, of 10': exact.length,
        'most regions, exact': Math.max(0, ...exact.map(({ atLeast }) => atLeast)),
        'median b/a': gaps[gaps.length >> 1],
        'largest b/a': gaps[gaps.length - 1],
      };
    });
  });
}
