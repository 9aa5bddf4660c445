import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { answer } from './run.ts';

const TEXT = readFileSync(new URL('../../../docs/cli.md', import.meta.url), 'utf8');

/** Command and what the page says it prints; of what goes through jq, the member that is asked for. */
const examples = Array.from(
  TEXT.matchAll(/^\$ npx reluscope (.+?)(?: \| jq -c \.(\w+))?\n(\{.+\})$/gm),
  ([, words, member, prints]) => ({ words, member, prints }),
);

const withoutTime = (printed: object) => ({ ...printed, ms: undefined });

describe('the examples of docs/cli.md', () => {
  it('are found', () => {
    expect(examples.map(({ words }) => words.split(' ')[0])).toEqual(
      expect.arrayContaining(['count', 'disc', 'ball', 'region', 'distance', 'bound']),
    );
  });

  it.each(examples)('print what the page says: $words', async ({ words, member, prints }) => {
    const found = (await answer(words.split(' '))) as Record<string, object>;
    const shown = member === undefined ? found : found[member];
    expect(withoutTime(shown)).toEqual(withoutTime(JSON.parse(prints)));
  });
});
