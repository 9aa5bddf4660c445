import { describe, expect, it } from 'vitest';
import {
  closingLine,
  stageTally,
  tallyPlaywright,
  tallyVitest,
  total,
} from '../../../scripts/lib/summary.mjs';

describe('the closing line', () => {
  it('adds up the stages and names the skipped only when there are some', () => {
    const sum = total([
      { passed: 3, failed: 0, skipped: 0 },
      { passed: 4, failed: 1, skipped: 0 },
    ]);
    expect(closingLine(sum)).toBe('7 passed, 1 failed');
    expect(closingLine({ ...sum, skipped: 2 })).toBe('7 passed, 1 failed, 2 skipped');
  });

  it('counts a test file that could not be loaded as a failure', () => {
    expect(
      tallyVitest({
        numPassedTests: 5,
        numFailedTests: 1,
        numPendingTests: 1,
        numTodoTests: 1,
        testResults: [
          { status: 'failed', assertionResults: [] },
          { status: 'failed', assertionResults: [{}] },
          { status: 'passed', assertionResults: [{}] },
        ],
      }),
    ).toEqual({ passed: 5, failed: 2, skipped: 2 });
  });

  it('counts an error outside any browser test as a failure', () => {
    const stats = { expected: 8, unexpected: 1, flaky: 1, skipped: 2 };
    expect(tallyPlaywright({ stats, errors: [{}] })).toEqual({ passed: 9, failed: 2, skipped: 2 });
  });

  it('never sounds green over a stage that failed', () => {
    expect(stageTally(null, false).failed).toBe(1);
    expect(stageTally({ passed: 9, failed: 0, skipped: 0 }, false).failed).toBe(1);
    expect(stageTally({ passed: 9, failed: 3, skipped: 0 }, false).failed).toBe(3);
    expect(stageTally(null, true)).toEqual({ passed: 0, failed: 0, skipped: 0 });
  });
});
