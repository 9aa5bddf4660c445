import { describe, expect, it } from 'vitest';
import { type HostileKind, runHostileFiles } from './hostileFiles.ts';

/** A share of what `npm run bench -- hostile` runs. */
const CALLS: [HostileKind, number][] = [
  ['network', 1000],
  ['csv', 500],
  ['npy', 500],
];

describe('a mutated file', () => {
  it.each(CALLS)(
    'gives an answer in numbers or one sentence, soon, and no other file changes: %s',
    async (kind, count) => {
      const { refused, answered, faults } = await runHostileFiles(kind, 0, count);
      expect(faults.slice(0, 10)).toEqual([]);
      // Some mutations leave the file valid, and some do not.
      expect(refused).toBeGreaterThan(count / 4);
      expect(answered).toBeGreaterThan(count / 20);
    },
  );
});
