import { excerpt, InputError, printable, quoted } from '../../src/errors.ts';
import { version } from '../package.json';
import { Interrupted } from './batch/interruption.ts';
import { serveIfThread } from './batch/simdThreads.ts';
import { helpFor, overview } from './help.ts';
import { type Io, nodeIo } from './io.ts';
import { toJson } from './json.ts';
import { Arguments } from './options.ts';
import { Progress, QUIET } from './progress.ts';
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
    const message = outOfMemory(error)
      ? 'there is not enough memory for this: make the network, the box or --max-regions smaller'
      : error instanceof Error
        ? error.message
        : String(error);
    io.error(`${printable(`reluscope: ${prefix}${message}`.replace(/\s+/g, ' '))}\n`);
    return code;
  }
}

function kindOf(error: unknown): [prefix: string, code: number] {
  if (error instanceof InputError || outOfMemory(error)) return ['', 2];
  if (error instanceof Interrupted) return ['', error.exitCode];
  return ['internal error: ', 1];
}

/** Whether an array could not be allocated. */
const outOfMemory = (error: unknown): boolean =>
  error instanceof RangeError &&
  /^(Invalid typed array length|Array buffer allocation failed)/.test(error.message);

/** What to print; nothing if the verb has already written its output. */
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
  const tell = (assumed: readonly string[]) => {
    if (assumed.length > 0 && !given.has(QUIET.name))
      io.error(`reluscope: ${excerpt(path, 'end')}: assumed: ${assumed.join('; ')}\n`);
  };
  const batch = verb.batch && given.has(verb.batch.option) ? verb.batch : undefined;
  if (verb.run === undefined || batch) {
    const { net, assumed } = await readNetwork(path, io);
    await (verb.run === undefined ? verb.write(net, given, io) : batch?.run(net, given, io));
    tell(assumed);
    return undefined;
  }
  const progress = new Progress(io, given);
  try {
    const { net, assumed } = await readNetwork(path, io);
    const found = await verb.run(net, given, progress);
    const text = toJson(assumed.length === 0 ? found : { ...found, assumed });
    progress.end();
    tell(assumed);
    return text;
  } finally {
    progress.end();
  }
}

const isHelp = (word: string) => word === '--help' || word === '-h';
