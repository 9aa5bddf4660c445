import { describe, expect, it } from 'vitest';
import { table } from '../../bench/table.ts';

describe('a table of measurements', () => {
  it('aligns numbers to the right and words to the left', () => {
    const text = table([
      { network: '2-16-16-1', regions: 300, ms: 0.41234 },
      { network: '2-256-256-1', regions: 65_720, ms: 96.04 },
    ]);
    expect(text).toBe(
      [
        '| network     | regions |    ms |',
        '| ----------- | ------: | ----: |',
        '| 2-16-16-1   |     300 | 0.412 |',
        '| 2-256-256-1 |  65,720 |  96.0 |',
      ].join('\n'),
    );
  });

  it('refuses a measurement that is no number, an empty table and ragged rows', () => {
    expect(() => table([{ ms: Number.NaN }])).toThrow(/NaN/);
    expect(() => table([])).toThrow(/no rows/);
    expect(() => table([{ a: 1 }, { b: 1 }])).toThrow(/differ/);
  });
});
