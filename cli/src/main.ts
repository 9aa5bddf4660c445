import { readFileSync } from 'node:fs';
import { InputError } from '../../src/errors.ts';
import { helpFor, overview } from './help.ts';
import { toJson } from './json.ts';
import { Arguments } from './options.ts';
import { Progress } from './progress.ts';
import { readNetwork } from './readNetwork.ts';
import { verbs } from './verbs/registry.ts';

/** The outside world, as far as the command touches it. */
export interface Io {
  /** Content of a file; throws when it cannot be read. */
  readText(path: string): string;
  /** Writes to standard output. */
  out(text: string): void;
  /** Writes to standard error. */
  error(text: string): void;
  /** Whether standard error is a terminal, on which a line can be written over. */
  readonly terminal: boolean;
  /** Milliseconds since some fixed moment. */
  now(): number;
}

const nodeIo: Io = {
  readText: (path) => readFileSync(path, 'utf8'),
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
  terminal: process.stderr.isTTY === true,
  now: () => performance.now(),
};

/**
 * Runs one command, `VERB NET.json [options]`, and returns the exit code: 0 after one JSON object (or help) on
 * standard output, 2 after one line on standard error about wrong input, 1 after one about a fault of our own.
 */
export function main(words: readonly string[], io: Io = nodeIo): number {
  try {
    io.out(`${answer(words, io)}\n`);
    return 0;
  } catch (error) {
    const wrongInput = error instanceof InputError;
    const message = error instanceof Error ? error.message : String(error);
    const line = `reluscope: ${wrongInput ? '' : 'internal error: '}${message}`;
    io.error(`${line.replace(/\s+/g, ' ')}\n`);
    return wrongInput ? 2 : 1;
  }
}

function answer(words: readonly string[], io: Io): string {
  const [name, ...rest] = words;
  const names = verbs.map((verb) => verb.name).join(', ');
  if (name === undefined) throw new InputError(`give a verb: ${names}, or --help`);
  if (isHelp(name)) return overview(verbs);
  const verb = verbs.find((known) => known.name === name);
  if (!verb) throw new InputError(`unknown verb "${name}": choose one of ${names}, or --help`);
  if (rest.some(isHelp)) return helpFor(verb);
  const given = Arguments.parse(rest, verb.options);
  const [path, extra] = given.positional;
  if (path === undefined) throw new InputError(`${name} needs a network file`);
  if (extra !== undefined) throw new InputError(`unexpected argument "${extra}"`);
  const progress = new Progress(io, given);
  try {
    return toJson(verb.run(readNetwork(path, io.readText), given, progress));
  } finally {
    progress.end();
  }
}

const isHelp = (word: string) => word === '--help' || word === '-h';
