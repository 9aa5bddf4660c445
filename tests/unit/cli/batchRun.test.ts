import { describe, expect, it } from 'vitest';
import { openCompute } from '../../../cli/src/batch/openCompute.ts';
import { createNetwork } from '../../../src/model/initialisers/createNetwork.ts';
import { networkToJson } from '../../../src/model/json.ts';
import { npyFile } from './npyFile.ts';
import { run } from './run.ts';

const COUNT = 200_000;
/** Centres whose rows are written at once. */
const PIECE = 65_536;
const net = createNetwork({ widths: [2, 9, 7, 1], negativeSlope: 0, initialiser: 'he', seed: 3 });
const files = {
  'net.json': JSON.stringify(networkToJson(net)),
  'many.npy': npyFile(
    Array.from({ length: COUNT }, (_, i) => [Math.sin(i), Math.cos(3 * i)]),
    [COUNT, 2],
    {},
  ),
};
const WORDS = 'bound net.json --centres many.npy --radius .25 --compute reference'.split(' ');

/** A clock that is two seconds on whenever it is looked at: every piece of news is due. */
function fastClock() {
  let time = 0;
  return () => {
    time += 2000;
    return time;
  };
}

/** A person who asks to stop as soon as the progress line speaks of more than `enough` centres done. */
function stopsAfter(enough: number) {
  const controller = new AbortController();
  let said = '';
  return {
    terminal: true,
    now: fastClock(),
    interruption: () => controller.signal,
    error: (text: string) => {
      said += text;
      const [, done] = /([\d,]+) centres so far/.exec(text) ?? [];
      if (Number(done?.replaceAll(',', '')) > enough) controller.abort();
    },
    said: () => said,
  };
}

describe('a batch that is stopped', () => {
  it('says what it has done, exits with 130, and keeps the rows so far where it was told to', async () => {
    const { said, ...person } = stopsAfter(PIECE);
    const words = [...WORDS, '--out', 'b.json', '--keep-partial'];
    const { code, written } = await run(words, files, person);
    expect(code).toBe(130);
    const [, done, held] =
      /reluscope: stopped after (\d+) of the 200000 centres in many\.npy: b\.json\.partial holds the first (\d+) rows\n$/.exec(
        said(),
      ) ?? [];
    expect(held).toBe(done);
    expect(Object.keys(written)).toEqual(['b.json.partial']);
    // The array is left open: what is no whole table does not look like one.
    const rows = JSON.parse(`${written['b.json.partial']}]`);
    expect(rows.length).toBe(Number(held));
    expect(rows.length).toBeGreaterThanOrEqual(PIECE);
    expect(rows.length).toBeLessThan(COUNT);
  });

  it('writes nothing under the name of the file otherwise', async () => {
    const { said, ...person } = stopsAfter(PIECE);
    const { code, written } = await run([...WORDS, '--out', 'b.json'], files, person);
    expect([code, written]).toEqual([130, {}]);
    expect(said()).toMatch(/stopped after \d+ of the 200000 centres in many\.npy: b\.json is not/);
  });

  it('does not close the JSON that is on standard output already', async () => {
    const { said, ...person } = stopsAfter(PIECE);
    const { code, out } = await run([...WORDS, '--format', 'json'], files, person);
    expect(code).toBe(130);
    const held = /stopped after (\d+) of .*: standard output holds them\n$/.exec(said())?.[1];
    expect(() => JSON.parse(out)).toThrow();
    expect(JSON.parse(`${out}]`).length).toBe(Number(held));
  });
});

describe('a batch with samples that is stopped', () => {
  it('keeps the rows of the balls that were sampled to the end', async () => {
    const { said, ...person } = stopsAfter(52);
    const words = [...WORDS, '--samples', '5000', '--out', 'b.csv', '--keep-partial'];
    const { code, written } = await run(words, files, person);
    expect(code).toBe(130);
    const held = /holds the first (\d+) rows/.exec(said())?.[1];
    const [head, ...rows] = written['b.csv.partial'].trimEnd().split('\n');
    expect(rows.length).toBe(Number(held));
    expect(rows.length).toBeGreaterThanOrEqual(52);
    expect(rows.length).toBeLessThan(1000);
    expect(head).toMatch(/,at_least$/);
    for (const row of rows) expect(Number(row.split(',')[6])).toBeGreaterThanOrEqual(1);
  });
});

describe('progress of a batch', () => {
  const lines = (terminal: boolean, ...more: string[]) =>
    run([...WORDS, ...more], files, { terminal, now: fastClock() }).then(({ error }) => error);
  const NEWS = /reluscope: [\d,]+ centres so far, \d+ % done, [\d,]+ per second/;
  const SUMMARY = /reluscope: 200,000 centres in [\d.]+ s, [\d,]+ per second \(CPU, 64-bit\)\n$/;

  it('is one line that is written over on a terminal, and a summary', async () => {
    const parts = (await lines(true)).split('\r\x1b[K').slice(1);
    expect(parts.length).toBeGreaterThan(2);
    for (const part of parts.slice(0, -2)) expect(part).toMatch(NEWS);
    expect(parts.at(-1)).toMatch(SUMMARY);
  });

  it('is silent elsewhere unless asked for, and everywhere when asked to be', async () => {
    expect(await lines(false)).toBe('');
    expect(await lines(true, '--quiet')).toBe('');
    const log = await lines(false, '--progress');
    expect(log).toMatch(SUMMARY);
    expect(log).toMatch(NEWS);
    expect(log).not.toContain('\x1b');
  });
});

describe('the backend for a batch', () => {
  const absent = () =>
    Promise.reject(Object.assign(new Error('Cannot find'), { code: 'ERR_MODULE_NOT_FOUND' }));
  const blind = { requestAdapter: async () => null } as unknown as GPU;

  it('is reported as missing, with the name of the package or because there is no adapter, when WebGPU is asked for', async () => {
    await expect(openCompute('webgpu', () => {}, absent)).rejects.toThrow(
      '--compute webgpu needs the package "webgpu", which is not installed (npm install webgpu)',
    );
    const broken = () => Promise.reject(new Error('bad ELF'));
    await expect(openCompute('webgpu', () => {}, broken)).rejects.toThrow(
      /does not load \(bad ELF/,
    );
    await expect(
      openCompute(
        'webgpu',
        () => {},
        async () => blind,
      ),
    ).rejects.toThrow('--compute webgpu: WebGPU finds no graphics adapter on this machine');
  });

  it('is another one, without a word, when the choice is left open', async () => {
    const notices: string[] = [];
    for (const load of [absent, async () => blind]) {
      const compute = await openCompute('auto', (message) => notices.push(message), load);
      expect(compute.backend).not.toBe('webgpu');
      compute.dispose();
    }
    expect(notices).toEqual([]);
  });

  it('does not touch the GPU when another backend is asked for', async () => {
    let asked = false;
    const load = () => {
      asked = true;
      return absent();
    };
    (await openCompute('reference', () => {}, load)).dispose();
    expect(asked).toBe(false);
  });
});
