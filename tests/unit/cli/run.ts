import { readdirSync, readFileSync } from 'node:fs';
import { main } from '../../../cli/src/main.ts';

const CASES = new URL('../../cases/', import.meta.url).pathname;

/** A network of 2 inputs, for tests that are about something else. */
export const PLANE = `${CASES}02_cross.json`;

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** A clock that stands still: no work takes long. */
const QUICK = { terminal: false, now: () => 0 };

/** Runs a command in this process; `files` stand in for the disk. */
export function run(
  words: readonly string[],
  files: Record<string, string> = {},
  { terminal, now } = QUICK,
): Outcome {
  let out = '';
  let error = '';
  const code = main(words, {
    readText: (path) => files[path] ?? readFileSync(path, 'utf8'),
    out: (text) => {
      out += text;
    },
    error: (text) => {
      error += text;
    },
    terminal,
    now,
  });
  return { code, out, error };
}

/** The object a command prints; fails the test when it does not. */
export function answer(words: readonly string[], files: Record<string, string> = {}): unknown {
  const { code, out, error } = run(words, files);
  if (code !== 0) throw new Error(`${words.join(' ')}: ${error}`);
  return JSON.parse(out);
}

interface LayerBounds {
  A: number[];
  P: number[];
  S: number[];
  U: number[];
  C: number;
}

interface Bounds {
  layers: LayerBounds[];
  C: number;
  bound_2C: number;
  bound_zaslavsky: number;
}

/** What the case files say, as far as the command is asked for it. */
export interface Case {
  name: string;
  path: string;
  expect: {
    box: number[];
    count: {
      activation_regions: number;
      linear_regions: number;
      V: number;
      E: number;
      F: number;
    };
    discs: { c: number[]; r: number; activation_regions: number; linear_regions: number }[];
    bounds: { c: number[]; r: number; paper: Bounds; guarded: Bounds }[];
    lines: {
      p: number[];
      q: number[];
      activation_pieces: number;
      linear_pieces: number;
      breakpoints_t: number[];
    }[];
    distances: { x: number[]; distance: number | null; neuron: [number, number] | null }[];
    inspheres: { x: number[]; box: number[]; area: number; vertices: number[][] }[];
  };
}

export const cases: Case[] = readdirSync(CASES)
  .filter((name) => /^\d\d_.*\.json$/.test(name))
  .map((name) => ({ ...JSON.parse(readFileSync(CASES + name, 'utf8')), path: CASES + name }));

/** Larger networks: name → number of activation regions in [−1, 1]². */
export const expectedCounts: [name: string, path: string, count: number][] = Object.entries(
  JSON.parse(readFileSync(`${CASES}expected-counts.json`, 'utf8')) as Record<string, number>,
)
  .filter(([name]) => name !== '_')
  .map(([name, count]) => [name, `${CASES}nets/${name}.json`, count]);
