import { readdirSync, readFileSync } from 'node:fs';
import { type Input, type Io, nodeIo } from '../../../cli/src/io.ts';
import { main } from '../../../cli/src/main.ts';
import { InputError } from '../../../src/errors.ts';

const CASES = new URL('../../cases/', import.meta.url).pathname;

/** A network of 2 inputs, for tests that are about something else. */
export const PLANE = `${CASES}02_cross.json`;

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly error: string;
  /** Files that were written whole or kept as a part, by name. */
  readonly written: Record<string, string>;
}

export type Files = Readonly<Record<string, string | Uint8Array>>;

/**
 * Runs a command in this process. `files` stand in for the disk, and `more` for what else is outside; unless it says
 * otherwise the clock stands still, and no work takes long.
 */
export async function run(
  words: readonly string[],
  files: Files = {},
  more: Partial<Io> = {},
): Promise<Outcome> {
  let out = '';
  let error = '';
  const written: Record<string, string> = {};
  const code = await main(words, {
    out: (part) => {
      out += part;
    },
    error: (part) => {
      error += part;
    },
    open: async (path) => {
      const file = files[path];
      if (file === undefined) return nodeIo.open(path);
      return memoryInput(typeof file === 'string' ? new TextEncoder().encode(file) : file);
    },
    create: async (path, { inputs }) => {
      if (path !== undefined && inputs.includes(path))
        throw new InputError(`--out is the file ${path} that is read`);
      let held = '';
      const write = async (part: string) => {
        if (path === undefined) out += part;
        else held += part;
      };
      return {
        write,
        finish: async (last) => {
          await write(last);
          if (path !== undefined) written[path] = held;
        },
        abandon: async (keep) => {
          if (!keep) return undefined;
          written[`${path}.partial`] = held;
          return `${path}.partial`;
        },
      };
    },
    terminal: false,
    now: () => 0,
    interruption: () => new AbortController().signal,
    ...more,
  });
  return { code, out, error, written };
}

/** A file in memory. */
export function memoryInput(bytes: Uint8Array): Input {
  let at = 0;
  return {
    size: bytes.length,
    next: async (length) => {
      const piece = bytes.subarray(at, at + length);
      at += piece.length;
      return piece;
    },
    at: async (position, length) => bytes.subarray(position, position + length),
    close: async () => {},
  };
}

/** The object a command prints; fails the test when it does not. */
export async function answer(words: readonly string[], files: Files = {}): Promise<unknown> {
  const { code, out, error } = await run(words, files);
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
