import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeData } from '../../src/data/make.ts';
import { createNetwork } from '../../src/model/initialisers/createNetwork.ts';
import { optimisers } from '../../src/training/optimisers/registry.ts';
import { Trainer, type TrainingOptions } from '../../src/training/trainer.ts';

const STEPS = 90;
const shapes = fc.constantFrom([2, 1], [2, 3, 1], [2, 5, 4, 1]);
const options: fc.Arbitrary<TrainingOptions> = fc.record({
  optimiser: fc.constantFrom(...optimisers.map(({ key }) => key)),
  // Some of these diverge, and more of them after some steps.
  learningRate: fc.oneof(
    fc.double({ min: 1e-4, max: 1, noNaN: true }),
    fc.constantFrom(10, 1e3, 1e9),
  ),
  batchSize: fc.integer({ min: 1, max: 60 }),
  l1: fc.constantFrom(0, 1e-3),
  l2: fc.constantFrom(0, 1e-3, 1),
});

interface Setting {
  readonly widths: readonly number[];
  readonly seed: number;
  readonly count: number;
  readonly first: TrainingOptions;
  readonly second: TrainingOptions;
  /** The step from which the second options hold. */
  readonly change: number;
  readonly at: number;
}

const setting: fc.Arbitrary<Setting> = fc.record({
  widths: shapes,
  seed: fc.nat(1e6),
  count: fc.constantFrom(2, 7, 40),
  first: options,
  second: options,
  change: fc.integer({ min: 0, max: STEPS }),
  at: fc.integer({ min: 0, max: STEPS }),
});

function trainerOf({ widths, seed, count, first }: Setting): Trainer {
  const data = { kind: 'moons', count, noise: 0.2, trainFraction: 0.8, seed };
  const net = createNetwork({ widths: [...widths], negativeSlope: 0.05, initialiser: 'he', seed });
  return new Trainer(net, makeData(data).train, { ...first, seed });
}

/** Trains to step `to`, or until a step diverges; returns the parameters after every step. */
function train(trainer: Trainer, { first, second, change }: Setting, to: number) {
  const path: unknown[] = [];
  while (trainer.stepsDone < to) {
    trainer.configure(trainer.stepsDone < change ? first : second);
    if (trainer.step() === 'diverged') break;
    path.push([trainer.snapshot().layers, trainer.epochsDone]);
  }
  return path;
}

describe('a saved state of training', () => {
  it('goes on, bit for bit, as the run it was taken from, with every optimiser', () => {
    fc.assert(
      fc.property(setting, (given) => {
        const whole = trainerOf(given);
        train(whole, given, given.at);
        const state = structuredClone(whole.save());
        const rest = train(whole, given, STEPS);
        // Into a fresh trainer, into the one that has gone on, and once more: a restored state stays as it was.
        for (const trainer of [trainerOf(given), whole, whole]) {
          trainer.restore(state);
          expect(trainer.stepsDone).toBe(state.step);
          expect(trainer.save()).toEqual(state);
          expect(train(trainer, given, STEPS)).toEqual(rest);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is left by a step that diverges exactly as it was', () => {
    fc.assert(
      fc.property(setting, (given) => {
        const trainer = trainerOf(given);
        train(trainer, given, given.at);
        const before = trainer.save();
        trainer.configure({ learningRate: 1e300 });
        fc.pre(trainer.step() === 'diverged');
        expect(trainer.save()).toEqual({
          ...before,
          options: { ...before.options, learningRate: 1e300 },
        });
      }),
      { numRuns: 40 },
    );
  });
});
