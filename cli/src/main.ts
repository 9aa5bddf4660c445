import { InputError, printable, quoted } from '../../src/errors.ts';
import { version } from '../package.json';
import { Interrupted } from './batch/interruption.ts';
import { serveIfThread } from './batch/simdThreads.ts';
import { helpFor, overview } from './help.ts';
import { type Io, nodeIo } from './io.ts';
import { toJson } from './json.ts';
import { Arguments } from './options.ts';
import { Progress } from './progress.ts';
import { readNetwork } from './readNetwork.ts';
import { verbs } from './verbs/registry.ts';

serveIfThread();

/**
 * Runs one command, `VERB NET.json [options]`, and returns the exit code: 0 after one JSON object, a table or help
 * on standard output, 2 after one line on standard error about wrong input, 128 and the number of the signal after one
 * about what was done before the person stopped it, 1 after one about a fault of our own.
 */
export async function main(words: readonly string[], io: Io = nodeIo): Promise<number> {
  try {
    const text = await answer(words, io);
    if (text !== undefined) io.out(`${text}\n`);
    return 0;
  } catch (error) {
    const [prefix, code] = kindOf(error);
    const message = error instanceof Error ? error.message : String(error);
    io.error(`${printable(`reluscope: ${prefix}${message}`.replace(/\s+/g, ' '))}\n`);
    return code;
  }
}

function kindOf(error: unknown): [prefix: string, code: number] {
  if (error instanceof InputError) return ['', 2];
  if (error instanceof Interrupted) return ['', error.exitCode];
  return ['internal error: ', 1];
}

/** What to print; nothing where the verb has written by itself. */
async function answer(words: readonly string[], io: Io): Promise<string | undefined> {
  const [name, ...rest] = words;
  const names = verbs.map((verb) => verb.name).join(', ');
  if (name === undefined) throw new InputError(`give a verb: ${names}, or --help`);
  if (isHelp(name)) return overview(verbs);
  if (name === '--version') return version;
  const verb = verbs.find((known) => known.name === name);
  if (!verb)
    throw new InputError(`unknown verb ${quoted(name)}: choose one of ${names}, or --help`);
  if (rest.some(isHelp)) return helpFor(verb);
  const given = Arguments.parse(rest, verb.options);
  const [path, extra] = given.positional;
  if (path === undefined) throw new InputError(`${name} needs a network file`);
  if (extra !== undefined) throw new InputError(`unexpected argument ${quoted(extra)}`);
  if (verb.batch && given.has(verb.batch.option)) {
    await verb.batch.run(await readNetwork(path, io), given, io);
    return undefined;
  }
  const progress = new Progress(io, given);
  try {
    return toJson(await verb.run(await readNetwork(path, io), given, progress));
  } finally {
    progress.end();
  }
}

const isHelp = (word: string) => word === '--help' || word === '-h';
