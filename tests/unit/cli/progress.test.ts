import { describe, expect, it } from 'vitest';
import { createNetwork } from '../../../src/model/initialisers/createNetwork.ts';
import { networkToJson } from '../../../src/model/json.ts';
import { PLANE, run } from './run.ts';

/** A clock that is `step` milliseconds on whenever it is looked at. */
const clock = (step: number) => {
  let time = 0;
  return () => {
    time += step;
    return time;
  };
};

/** Back to the start of the line, and nothing on it. */
const ERASE = '\r\u001b[K';

const large = PLANE.replace('02_cross', 'nets/2-32-32-32-1');

describe('long work', () => {
  it('says on standard error how far it is, a line at a time', async () => {
    const { code, out, error } = await run(
      ['count', large],
      {},
      { terminal: false, now: clock(2000) },
    );
    expect(code).toBe(0);
    expect(JSON.parse(out).activationRegions).toBe(2231);
    expect(error).toMatch(
      /^(reluscope: \d+ regions so far, \d+ % done\n)*reluscope: 2231 regions, merging those that share an affine map\n$/,
    );
  });

  it('writes over one line on a terminal, and takes it away at the end', async () => {
    const { error } = await run(['count', PLANE], {}, { terminal: true, now: clock(2000) });
    const line = 'reluscope: 4 regions, merging those that share an affine map';
    expect(error).toBe(`${ERASE}${line}${ERASE}`);
  });

  it('takes that line away before it says that something is wrong', async () => {
    // The area of the box is out of range.
    const { code, error } = await run(
      ['count', PLANE, '--box', '-1e200,1e200,-1e200,1e200'],
      {},
      { terminal: true, now: clock(2000) },
    );
    expect(code).toBe(2);
    const message =
      'a result leaves the range of 64-bit numbers: scale the network or the box down';
    expect(error.endsWith(`${ERASE}reluscope: ${message}\n`)).toBe(true);
  });

  it.each([
    ['line wide.json --from -1,-1 --to 1,.9', /regions so far, \d+ % done/],
    ['disc wide.json --at 0,0 --r 2', /regions so far in the square around the disc/],
  ])('is spoken of by every verb that may take long: %s', async (words, news) => {
    const widths = [2, 128, 128, 1];
    const net = createNetwork({ widths, negativeSlope: 0, initialiser: 'he', seed: 3 });
    const files = { 'wide.json': JSON.stringify(networkToJson(net)) };
    const { code, error } = await run(words.split(' '), files, { now: clock(2000) });
    expect(code).toBe(0);
    expect(error).toMatch(news);
    for (const said of error.trimEnd().split('\n')) expect(said).toMatch(news);
  });

  it.each(['count', 'stats', 'line --from 0,0 --to 1,1', 'disc --at 0,0 --r 1'])(
    'is silent with --quiet: %s',
    async (verb) => {
      const [name, ...words] = verb.split(' ');
      const { code, error } = await run(
        [name, PLANE, ...words, '--quiet'],
        {},
        { terminal: true, now: clock(2000) },
      );
      expect([code, error]).toEqual([0, '']);
    },
  );

  it('is silent when it does not take a second', async () => {
    for (const terminal of [true, false])
      expect((await run(['count', large], {}, { terminal, now: clock(1) })).error).toBe('');
  });
});
