import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeIo } from '../../cli/src/io.ts';
import { main } from '../../cli/src/main.ts';
import { boundMethods } from '../../src/bounds/methods.ts';
import { createRandom } from '../../src/random.ts';
import { cpuMs } from '../support/cpuTime.ts';
import { Draw, hostileCsv, hostileNetwork, hostileNpy, soundNetwork } from './hostileMutations.ts';

const STREAM = 9;
/** Of CPU time. */
const SLOWEST_MS = 2000;
const LONGEST_MESSAGE = 400;

export interface HostileResults {
  /** Calls that ended with a sentence. */
  refused: number;
  /** Calls that were answered: the harm was none, or made another file that is sound. */
  answered: number;
  slowestMs: number;
  /** What should not have been, with the call and the case that it came from. */
  readonly faults: string[];
}

export type HostileKind = 'network' | 'csv' | 'npy';

/** Runs the command line, in this process and on the disk, on the mutated files `from` to `to` of a kind. */
export async function runHostileFiles(
  kind: HostileKind,
  from: number,
  to: number,
): Promise<HostileResults> {
  const results: HostileResults = { refused: 0, answered: 0, slowestMs: 0, faults: [] };
  const root = mkdtempSync(join(tmpdir(), 'reluscope-hostile-'));
  try {
    for (let seed = from; seed < to; seed++) {
      const folder = join(root, 'run');
      mkdirSync(folder);
      await one(kind, seed, folder, results);
      rmSync(folder, { recursive: true });
    }
  } finally {
    rmSync(root, { recursive: true });
  }
  return results;
}

async function one(
  kind: HostileKind,
  seed: number,
  folder: string,
  results: HostileResults,
): Promise<void> {
  const draw = new Draw(createRandom(seed, STREAM + ['network', 'csv', 'npy'].indexOf(kind)));
  const words = kind === 'network' ? networkCall(folder, draw) : tableCall(kind, folder, draw);
  const before = snapshot(folder);
  let out = '';
  let error = '';
  const start = cpuMs();
  const code = await main(words, {
    ...nodeIo,
    out: (text) => {
      out += text;
    },
    error: (text) => {
      error += text;
    },
    create: async (path, options) => {
      if (path !== undefined) return nodeIo.create(path, options);
      const write = async (text: string) => {
        out += text;
      };
      return { write, finish: write, abandon: async () => undefined };
    },
    terminal: false,
    now: () => 0,
    interruption: () => new AbortController().signal,
  });
  const ms = cpuMs() - start;
  results.slowestMs = Math.max(results.slowestMs, ms);
  if (code === 0) results.answered++;
  else results.refused++;
  const complaints = [
    ...(ms > SLOWEST_MS ? [`took ${Math.round(ms)} ms`] : []),
    ...(code === 0 ? wrongAnswer(words, out, error) : wrongRefusal(code, error)),
    ...wrongFiles(words, code, before, snapshot(folder)),
  ];
  for (const complaint of complaints)
    results.faults.push(`${kind} ${seed}: ${words.join(' ')}: ${complaint}`);
}

const FILES = { network: 'net.json', csv: 'points.csv', npy: 'points.npy' };

/** `inputs` coordinates, of which a few are far away, tiny or on a crease. */
function place(inputs: number, draw: Draw): string {
  const coordinate = () =>
    draw.chance(0.1) ? draw.of(['0', '1e300', '-1e-300', '1e16']) : `${draw.below(200) / 100 - 1}`;
  return Array.from({ length: inputs }, coordinate).join();
}

const radius = (draw: Draw) => draw.of(['.1', '.5', '2', '1e-9', '1e-300', '1e300']);

const BOXES = ['0,1,0,1', '-1e9,1e9,-1,1', '0,5e-324,0,1'];
const INTERVALS = ['0,1', '-1e300,1e300', '0,5e-324'];

/** A verb on a mutated network file. */
function networkCall(folder: string, draw: Draw): string[] {
  const { bytes, inputs } = hostileNetwork(draw);
  const path = join(folder, FILES.network);
  writeFileSync(path, bytes);
  const at = () => place(inputs, draw);
  const box = draw.chance(0.3) ? ['--box', draw.of(inputs === 1 ? INTERVALS : BOXES)] : [];
  switch (draw.below(9)) {
    case 0:
      return ['count', path, ...box];
    case 1:
      return ['stats', path, ...box];
    case 2:
      return ['region', path, '--at', at()];
    case 3:
      return ['disc', path, '--at', at(), '--r', radius(draw)];
    case 4:
      return ['line', path, '--from', at(), '--to', at()];
    case 5:
      return [
        'distance',
        path,
        '--at',
        at(),
        ...(draw.chance(0.5) ? ['--direction', place(inputs, draw)] : []),
      ];
    case 6: {
      const more = draw.of([[], ['--variant', 'printed'], ['--samples', '50']]);
      return ['bound', path, '--at', at(), '--r', radius(draw), ...more];
    }
    case 7:
      return ['ball', path, '--at', at(), '--r', radius(draw), '--budget', '200ms'];
    default: {
      const points = join(folder, 'sound.csv');
      writeFileSync(points, `${at()}\n${at()}\n`);
      return [
        'bound',
        path,
        '--centres',
        points,
        '--radius',
        radius(draw),
        ...batchOptions(folder, draw),
      ];
    }
  }
}

/** `bound --centres` on a mutated table of centres, of centres with radii, or of radii. */
function tableCall(kind: 'csv' | 'npy', folder: string, draw: Draw): string[] {
  const { json, inputs } = soundNetwork(draw);
  const net = join(folder, FILES.network);
  writeFileSync(net, JSON.stringify(json));
  const path = join(folder, FILES[kind]);
  const make = kind === 'csv' ? hostileCsv : hostileNpy;
  const words = ['bound', net];
  const role = draw.below(8);
  if (role === 0) {
    const points = join(folder, 'sound.csv');
    writeFileSync(points, `${Array(4).fill(Array(inputs).fill('.5').join()).join('\n')}\n`);
    writeFileSync(path, make(1, draw));
    words.push('--centres', points, '--radii', path);
  } else if (role === 1) {
    writeFileSync(path, make(inputs + 1, draw));
    words.push('--centres', path, '--radius-column', draw.of(['1', '2', 'x']));
  } else {
    writeFileSync(path, make(inputs, draw));
    words.push('--centres', path, '--radius', radius(draw));
  }
  return [...words, ...batchOptions(folder, draw)];
}

/** The rest of a batch; half of them over a file that stands already. */
function batchOptions(folder: string, draw: Draw): string[] {
  const options = ['--compute', 'reference', '--method', draw.of(boundMethods)];
  if (draw.chance(0.1)) options.push('--samples', '20');
  if (draw.chance(0.3)) return [...options, '--format', draw.of(['csv', 'json'])];
  const out = join(folder, draw.of(['out.csv', 'out.json']));
  if (draw.chance(0.5)) writeFileSync(out, 'yesterday');
  if (draw.chance(0.3)) options.push('--keep-partial');
  return [...options, '--out', out];
}

/** Every file of a folder with its bytes, one character each. */
const snapshot = (folder: string): Map<string, string> =>
  new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'latin1')]));

const optionOf = (words: readonly string[], name: string): string | undefined =>
  words.includes(name) ? words[words.indexOf(name) + 1] : undefined;

/** A refusal is one sentence, on one line, that nothing but a person reads. */
function wrongRefusal(code: number, error: string): string[] {
  const complaints: string[] = [];
  if (code !== 2) complaints.push(`exit code ${code}`);
  if (!/^reluscope: [^\n]+\n$/.test(error)) complaints.push('not one line');
  // What is quoted is the person's own.
  const own = error.replace(/"[^"]*"/g, '""');
  if (/undefined|NaN|\[object|internal error|\bat .*:\d+:\d+|function|TypeError/.test(own))
    complaints.push('not a sentence for people');
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(error.slice(0, -1))) complaints.push('not printable');
  if (error.length > LONGEST_MESSAGE) complaints.push(`${error.length} characters long`);
  return complaints.map((complaint) => `${complaint}: ${error.slice(0, 500)}`);
}

/** An answer is made of numbers. */
function wrongAnswer(words: readonly string[], out: string, error: string): string[] {
  // Nothing is said but what was assumed.
  const complaints = /^(?:reluscope: [^\n"]+: assumed: [^\n]+\n)?$/.test(error)
    ? []
    : [`answers, and says ${error}`];
  const file = optionOf(words, '--out');
  const text = file === undefined ? out : existsSync(file) ? readFileSync(file, 'utf8') : '';
  const format = optionOf(words, '--format') ?? file?.split('.').at(-1);
  if (words.includes('--centres') && format !== 'json') {
    const cell = /^(?:\d+(?:\.\d+)?(?:e\+?\d+)?|)$/;
    const [head, ...rows] = text.trimEnd().split('\n');
    const wrong = rows.find(
      (row) =>
        row.split(',').length !== head.split(',').length ||
        !row.split(',').every((one) => cell.test(one)),
    );
    if (wrong !== undefined || !head.startsWith('index,'))
      complaints.push(`holds ${wrong ?? head}`);
    return complaints;
  }
  try {
    const found = noNumber(JSON.parse(text), words[0] === 'distance');
    if (found !== undefined) complaints.push(`holds ${found}: ${text.slice(0, 300)}`);
  } catch {
    complaints.push(`is no JSON: ${text.slice(0, 300)}`);
  }
  return complaints;
}

/** The first member that is null, or text that is no whole number; `distance` is all null where there is no crease. */
function noNumber(value: unknown, mayBeNull: boolean, key = ''): string | undefined {
  if (value === null && !mayBeNull && key !== 'zaslavsky') return `null for ${key}`;
  if (typeof value === 'string' && !/^\d+$/.test(value)) return `${value} for ${key}`;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, item] of Object.entries(value)) {
    if (name === 'assumed') continue;
    const found = noNumber(item, mayBeNull, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** After a failure everything stands as before; after success one file more. */
function wrongFiles(
  words: readonly string[],
  code: number,
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): string[] {
  const out = optionOf(words, '--out')?.split(/[\\/]/).at(-1);
  const mayChange = new Set<string>();
  if (code === 0 && out !== undefined) mayChange.add(out);
  if (code !== 0 && words.includes('--keep-partial')) mayChange.add(`${out}.partial`);
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names]
    .filter((name) => !mayChange.has(name) && before.get(name) !== after.get(name))
    .map((name) => `${name} has changed`);
}
