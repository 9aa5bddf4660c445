import { describe, expect, it } from 'vitest';
import { buildData, buildTrainer, ruleAt } from '../../../src/settings/build.ts';
import { readLink, writeLink } from '../../../src/settings/link.ts';
import { initialSettings, type Settings } from '../../../src/settings/schema.ts';
import { initialRule } from '../../support/otherSettings.ts';

/** What a browser does with a link: a fresh trainer, every step under the rule of its time. */
function replay(settings: Settings): Float64Array {
  const trainer = buildTrainer(settings);
  for (let step = 0; step < settings.steps; step++) {
    trainer.configure(ruleAt(settings, step));
    trainer.step();
  }
  return trainer.snapshot().layers[1].weights;
}

describe('replaying a link', () => {
  it('repeats a run bit for bit', () => {
    const settings = { ...initialSettings, data: 'moons', steps: 60 };
    const linked = readLink(writeLink(settings)).settings;
    expect(replay(linked)).toEqual(replay(settings));
  });

  it('repeats a run during which the learning rate was changed', () => {
    const trainer = buildTrainer(initialSettings);
    for (let step = 0; step < 25; step++) trainer.step();
    trainer.configure({ learningRate: 0.05, optimiser: 'sgd' });
    for (let step = 25; step < 60; step++) trainer.step();
    const settings: Settings = {
      ...initialSettings,
      opt: 'sgd',
      lr: 0.05,
      steps: 60,
      run: [{ ...initialRule, until: 25 }],
    };
    const linked = readLink(writeLink(settings));
    expect(linked.problems).toEqual([]);
    expect(replay(linked.settings)).toEqual(trainer.snapshot().layers[1].weights);
  });

  it('brings back drawn points', () => {
    const points = [
      [0.5, 0.25, 1],
      [-0.5, 0, 0],
      [0.1, -0.7, 1],
    ] as const;
    const linked = readLink(writeLink({ ...initialSettings, data: 'drawn', points })).settings;
    const { train, test } = buildData(linked);
    expect(train.count + test.count).toBe(3);
    expect(buildData({ ...initialSettings, data: 'drawn' }).train.count).toBe(0);
  });
});
