import { makeData } from '../../src/data/make.ts';
import { createNetwork } from '../../src/model/initialisers/createNetwork.ts';
import { createRandom } from '../../src/random.ts';
import { Trainer } from '../../src/training/trainer.ts';
import type { Row } from './table.ts';

const WIDTHS = [
  [2, 8, 8, 1],
  [2, 16, 16, 1],
  [2, 64, 64, 64, 1],
  [784, 128, 10],
];
const BATCH_SIZES = [10, 32];
const ROUND_MS = 150;
const ROUNDS = 3;

/** Training steps per second (Adam): the best of three rounds after a warm-up round. */
export async function trainingBench(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const widths of WIDTHS)
    for (const batchSize of BATCH_SIZES) {
      const trainer = makeTrainer(widths, batchSize);
      stepsPerSecond(trainer);
      const rates = Array.from({ length: ROUNDS }, () => stepsPerSecond(trainer));
      const best = Math.max(...rates);
      rows.push({
        network: widths.join('-'),
        batch: batchSize,
        'steps per second': best,
        'samples per second': best * batchSize,
      });
    }
  return rows;
}

/** On the circle data with the logistic loss, or on random points of several classes with the softmax loss. */
function makeTrainer(widths: number[], batchSize: number): Trainer {
  const net = createNetwork({ widths, negativeSlope: 0, initialiser: 'he', seed: 1 });
  const config = { optimiser: 'adam', learningRate: 0.01, batchSize, l1: 0, l2: 0, seed: 1 };
  if (net.outputs > 1) {
    const random = createRandom(1);
    const samples = {
      count: 320,
      points: Float64Array.from({ length: 320 * net.inputs }, random),
      labels: Uint8Array.from({ length: 320 }, () => net.outputs * random()),
    };
    return new Trainer(net, samples, { ...config, loss: 'softmax' });
  }
  const { train } = makeData({
    kind: 'circle',
    count: 500,
    noise: 0.1,
    trainFraction: 0.7,
    seed: 1,
  });
  return new Trainer(net, train, config);
}

function stepsPerSecond(trainer: Trainer): number {
  const start = performance.now();
  let steps = 0;
  let elapsed = 0;
  while (elapsed < ROUND_MS) {
    for (let i = 0; i < 10; i++)
      if (trainer.step() !== 'stepped') throw new Error('training stopped in the benchmark');
    steps += 10;
    elapsed = performance.now() - start;
  }
  return (1000 * steps) / elapsed;
}
