import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { chooseStages } from '../../../scripts/lib/stages.mjs';

const names = (...asked: string[]): string[] => {
  const stages = chooseStages(asked);
  if (typeof stages === 'string') throw new Error(stages);
  return stages.map(({ name }) => name);
};

describe('the stages of a check', () => {
  it('are all that can break, unless others are asked for', () => {
    expect(names()).toEqual([
      ...['types', 'lint', 'knip', 'unit', 'property', 'gpu'],
      ...['build', 'size', 'e2e'],
    ]);
  });

  it('are a few that end soon, or those that take long with the build they need', () => {
    expect(names('quick')).toEqual(['types', 'lint', 'unit']);
    expect(names('long')).toEqual(['trials', 'build', 'e2e-long']);
  });

  it('belong to the usual tier or the long one: a stage of no tier would never run', () => {
    const every = [...names(), ...names('long')];
    expect(new Set(every)).toEqual(new Set(names('usual', 'long', 'quick')));
    const ran = readFileSync(new URL('../../../.ci/run', import.meta.url), 'utf8');
    expect(ran.match(/^npm test.*$/gm)).toEqual(['npm test', 'npm test -- long']);
  });

  it('are those named, in their order, with what they need', () => {
    expect(names('e2e', 'types')).toEqual(['types', 'build', 'e2e']);
    expect(names('gpu', 'quick')).toEqual(['types', 'lint', 'unit', 'gpu']);
  });

  it('are told when one is asked for that does not exist', () => {
    expect(chooseStages(['slow'])).toMatch(/^There is no stage "slow"\..*types.*quick/);
  });
});
