import { describe, expect, it } from 'vitest';
import { runLadderTrials } from './ladderTrials32.ts';

describe('the ladder in 32 bits, on the worst arithmetic that WGSL allows', () => {
  it('claims no false S = 0 and no false interval in 100,000 balls on the brink, where naive arithmetic does', {
    timeout: 600_000,
  }, () => {
    const recipe = runLadderTrials(100_000, 1, true);
    expect(recipe.trials).toBeGreaterThanOrEqual(100_000);
    expect(recipe.switching).toBeGreaterThan(100_000);
    expect([recipe.falselyStable, recipe.outside]).toEqual([0, 0]);
    const naive = runLadderTrials(10_000, 1, false);
    expect(naive.falselyStable).toBeGreaterThan(500);
    expect(naive.outside).toBeGreaterThan(500);
  });
});
