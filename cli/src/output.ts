import { randomBytes } from 'node:crypto';
import { rmSync, type Stats, write } from 'node:fs';
import {
  access,
  constants,
  type FileHandle,
  lstat,
  open,
  readlink,
  realpath,
  rename,
  rm,
  stat,
} from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { excerpt, InputError } from '../../src/errors.ts';
import { reason } from './reason.ts';

/**
 * An output that is written piece by piece. Either `finish` or `abandon` ends it, `abandon` also after a failed
 * `finish`.
 */
export interface Output {
  /** Waits while the reader at the other end is busy. */
  write(text: string): Promise<void>;
  /** Writes the last text; a file then gets its final name and replaces an old one. */
  finish(last: string): Promise<void>;
  /**
   * Abandons the output: the file under its final name is unchanged. With `keep`, the text of complete calls of `write`
   * is in the file whose name is returned. A stream keeps what it was given.
   */
  abandon(keep: boolean): Promise<string | undefined>;
}

export interface OutputOptions {
  /** Files that are read: none of them may be overwritten. */
  readonly inputs: readonly string[];
  /** Whether `abandon` may keep a part. */
  readonly keepPartial: boolean;
}

/**
 * Opens the file `path`, or standard output. A file is written under another name beside it and renamed when it is
 * whole; devices, pipes and descriptors are written directly. Rejects with `InputError` where the output is one of the
 * inputs, under whatever name, and with the system's error where nothing can be written.
 */
export async function openOutput(
  path: string | undefined,
  { inputs, keepPartial }: OutputOptions,
): Promise<Output> {
  if (path === undefined) {
    await refuseInputs('/dev/stdout', inputs, 'standard output');
    return descriptorOutput(1);
  }
  await refuseInputs(path, inputs, '--out');
  const before = await statOf(path);
  if (before?.isDirectory() || /[\\/]$/.test(path)) throw new Error('it is a directory');
  const target = await throughLinks(path);
  const descriptor = ownDescriptor(target);
  const isFile = descriptor === undefined && (before === undefined || before.isFile());
  if (isFile) return fileOutput(path, target, before, keepPartial ? inputs : undefined);
  if (keepPartial)
    throw new InputError(
      `--keep-partial needs a file, which ${excerpt(path, 'end')} is not: it is a stream`,
    );
  return descriptor === undefined ? deviceOutput(path) : descriptorOutput(descriptor);
}

/** What `path` leads to; undefined if there is nothing. */
const statOf = (path: string): Promise<Stats | undefined> => stat(path).catch(ifAbsent);

function ifAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

/** Compares files by device and inode, whatever they are called. A terminal may be read and written. */
async function refuseInputs(path: string, inputs: readonly string[], what: string): Promise<void> {
  const identity = async (name: string) => {
    const found = await stat(name, { bigint: true }).catch(ifAbsent);
    const holds = found && (found.isFile() || found.isFIFO() || found.isBlockDevice());
    return holds ? `${found.dev}:${found.ino}` : undefined;
  };
  const own = await identity(path);
  for (const input of inputs)
    if (own !== undefined && own === (await identity(input)))
      throw new InputError(`${what} is the file ${excerpt(input, 'end')} that is read`);
}

/** The file behind symbolic links, also where it does not exist yet; a descriptor stays what it is. */
async function throughLinks(path: string): Promise<string> {
  // No circles: `stat` has been this way before.
  for (let at = path; ; ) {
    const real = join(await realpath(dirname(at)), basename(at));
    if (ownDescriptor(real) !== undefined) return real;
    const found = await lstat(real).catch(ifAbsent);
    if (!found?.isSymbolicLink()) return real;
    at = resolve(dirname(real), await readlink(real));
  }
}

/** N of /dev/fd/N or /proc/self/fd/N: opening it again would truncate or overwrite a file to which a shell appends. */
function ownDescriptor(path: string): number | undefined {
  const [, pid, fd] = /^\/(?:dev|proc\/(\d+))\/fd\/(\d+)$/.exec(path) ?? [];
  return fd !== undefined && (pid === undefined || Number(pid) === process.pid)
    ? Number(fd)
    : undefined;
}

const writeSome = promisify(write);

/** Not through `process.stdout`, which would delay signals while a pipe is full. */
function descriptorOutput(fd: number): Output {
  const put = async (text: string) => {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; )
      try {
        at += (await writeSome(fd, bytes, at)).bytesWritten;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') {
          // The listener on stdout decides what it means that nobody reads any longer.
          if (fd === 1) process.stdout.emit('error', error);
          throw error;
        }
        await wait(1);
      }
  };
  return { write: put, finish: put, abandon: async () => undefined };
}

async function deviceOutput(path: string): Promise<Output> {
  const file = await open(path, 'a');
  return {
    write: (text) => file.appendFile(text),
    async finish(last) {
      await file.appendFile(last);
      await file.close();
    },
    async abandon() {
      await file.close();
      return undefined;
    },
  };
}

/** `inputs` if a part may be kept: the part must not overwrite one of them. */
async function fileOutput(
  path: string,
  target: string,
  before: Stats | undefined,
  inputs: readonly string[] | undefined,
): Promise<Output> {
  const partial = await partialName(path, target, inputs);
  if (before) await access(target, constants.W_OK);
  const { file, name, forget } = await temporary(path, target, before);
  /** Bytes of whole calls of `write`. */
  let whole = 0;
  return {
    async write(text) {
      await file.appendFile(text);
      whole += Buffer.byteLength(text);
    },
    async finish(last) {
      await file.appendFile(last);
      await sync(file);
      await file.close();
      await rename(name, target);
      forget();
    },
    async abandon(keep) {
      try {
        await file.close();
        if (!keep || partial === undefined) return undefined;
        await cut(name, whole);
        await rename(name, partial.target);
        return partial.path;
      } finally {
        await rm(name, { force: true });
        forget();
      }
    },
  };
}

/** A full disk may have taken half a row. */
async function cut(name: string, bytes: number): Promise<void> {
  const file = await open(name, 'r+');
  try {
    await file.truncate(bytes);
    await sync(file);
  } finally {
    await file.close();
  }
}

/** Where a part is kept: beside the file itself, where `path` is a link to it. */
async function partialName(
  path: string,
  target: string,
  inputs: readonly string[] | undefined,
): Promise<{ path: string; target: string } | undefined> {
  if (inputs === undefined) return undefined;
  const isLink = (await lstat(path).catch(ifAbsent))?.isSymbolicLink() === true;
  const name = `${isLink ? target : path}.partial`;
  const found = await statOf(name);
  if (found && !found.isFile())
    throw new InputError(`--keep-partial: ${excerpt(name, 'end')} is in the way and is not a file`);
  await refuseInputs(name, inputs, `--keep-partial: ${excerpt(name, 'end')}`);
  return { path: name, target: await throughLinks(name) };
}

/** A new file beside the target, with its owner and mode; removed when the process ends before `forget` is called. */
async function temporary(path: string, target: string, before: Stats | undefined) {
  const name = join(dirname(target), `.reluscope-${randomBytes(8).toString('hex')}.tmp`);
  const mode = before === undefined ? 0o666 : before.mode & 0o777;
  const file = await open(name, 'wx', mode).catch((error: Error): never => {
    if (!before) throw error;
    throw new InputError(
      `${excerpt(path, 'end')}: cannot be written (no other file can be made beside it: ${reason(error)})`,
    );
  });
  const atExit = () => rmSync(name, { force: true });
  process.on('exit', atExit);
  const forget = () => void process.off('exit', atExit);
  try {
    if (before) await likeBefore(file, before);
  } catch (error) {
    await file.close();
    atExit();
    forget();
    throw error;
  }
  return { file, name, forget };
}

async function likeBefore(file: FileHandle, { uid, gid, mode }: Stats): Promise<void> {
  const now = await file.stat();
  if (now.uid !== uid || now.gid !== gid)
    // Only root may change the owner; for everyone else the new file is their own.
    await file.chown(uid, gid).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPERM') throw error;
    });
  await file.chmod(mode & 0o7777);
}

/** A full disk may be reported only now. Some file systems do not support syncing, and refuse. */
const sync = (file: FileHandle): Promise<void> =>
  file.sync().catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EINVAL' && error.code !== 'ENOTSUP') throw error;
  });
