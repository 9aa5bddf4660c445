import { describe, expect, it } from 'vitest';
import { trials } from '../support/trials.ts';
import { runLadderTrials } from './ladderTrials32.ts';

const BALLS = trials(20_000, 100_000);
/** Near the 31st lies one ball in a hundred thousand in which CROWN needs the share that it adds for rounded forms. */
const SEED = trials(31, 1);

describe('the ladder in 32 bits, on the worst arithmetic that WGSL allows', () => {
  it(`claims no false S = 0 and no false interval in ${BALLS} balls near a decision, where naive arithmetic does`, () => {
    const recipe = runLadderTrials(BALLS, SEED, true);
    expect(recipe.trials).toBeGreaterThanOrEqual(BALLS);
    expect(recipe.switching).toBeGreaterThan(BALLS);
    expect([recipe.falselyStable, recipe.outside]).toEqual([0, 0]);
    const naive = runLadderTrials(BALLS / 10, SEED, false);
    expect(naive.falselyStable).toBeGreaterThan(BALLS / 200);
    expect(naive.outside).toBeGreaterThan(BALLS / 200);
  });
});
