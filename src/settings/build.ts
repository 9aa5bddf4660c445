import type { Samples } from '../data/dataset.ts';
import { makeData, splitSamples } from '../data/make.ts';
import { createNetwork } from '../model/initialisers/createNetwork.ts';
import type { Model } from '../model/model.ts';
import { Trainer, type TrainingConfig } from '../training/trainer.ts';
import type { Rule, Settings } from './schema.ts';

/** The samples the settings describe, drawn again from their seed. */
export function buildData(s: Settings): { train: Samples; test: Samples } {
  if (s.data !== 'drawn')
    return makeData({
      kind: s.data,
      count: s.n,
      noise: s.noise,
      trainFraction: s.split,
      seed: s.dseed,
    });
  const points = new Float64Array(2 * s.points.length);
  s.points.forEach(([x, y], i) => {
    points.set([x, y], 2 * i);
  });
  const labels = Uint8Array.from(s.points, ([, , label]) => label);
  return splitSamples({ count: labels.length, points, labels }, s.split, s.dseed);
}

/** The network at step 0. */
const buildNetwork = (s: Settings): Model =>
  createNetwork({
    widths: [...s.net],
    negativeSlope: s.act === 'leaky' ? s.slope : 0,
    initialiser: s.init,
    seed: s.seed,
  });

const configOf = (rule: Rule, seed: number): TrainingConfig => ({
  optimiser: rule.opt,
  learningRate: rule.lr,
  batchSize: rule.batch,
  l1: rule.l1,
  l2: rule.l2,
  seed,
});

/** What contains the rule of step number `step` (from 0): an earlier phase, or the settings themselves. */
export const ruleHolder = (s: Settings, step: number): Rule =>
  s.run.find((phase) => step < phase.until) ?? s;

/** The rule of step number `step` (from 0), as the trainer takes it. */
export const ruleAt = (s: Settings, step: number): TrainingConfig =>
  configOf(ruleHolder(s, step), s.seed);

/** A trainer at step 0; before each step from `s.run[i].until` on, give it `ruleAt`. */
export const buildTrainer = (s: Settings): Trainer =>
  new Trainer(buildNetwork(s), buildData(s).train, ruleAt(s, 0));
