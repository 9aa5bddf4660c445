import { type FileHandle, open } from 'node:fs/promises';
import { STOP_SIGNALS } from './batch/interruption.ts';
import { type Output, type OutputOptions, openOutput } from './output.ts';

/** A file that is read piece by piece. */
export interface Input {
  /** In bytes; `undefined` if there is no size, as for a pipe. */
  readonly size: number | undefined;
  /** The next bytes, at most `length`; none at the end. */
  next(length: number): Promise<Uint8Array>;
  /** Exactly `length` bytes from `position` on, fewer at the end; not from a pipe. */
  at(position: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** The outside world, as far as the command uses it. */
export interface Io {
  /** Writes to standard output. */
  out(text: string): void;
  /** Writes to standard error. */
  error(text: string): void;
  /** Opens a file to read; rejects when that cannot be done. */
  open(path: string): Promise<Input>;
  /** See `openOutput`. */
  create(path: string | undefined, options: OutputOptions): Promise<Output>;
  /** Whether standard error is a terminal, where a line can be overwritten. */
  readonly terminal: boolean;
  /** Milliseconds since some fixed moment. */
  now(): number;
  /** After this call, the first of `STOP_SIGNALS` aborts this signal and does not end the process by itself. */
  interruption(): AbortSignal;
}

export const nodeIo: Io = {
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
  open: async (path) => fileInput(await open(path, 'r')),
  create: openOutput,
  terminal: process.stderr.isTTY === true,
  now: () => performance.now(),
  interruption() {
    const controller = new AbortController();
    for (const name of Object.keys(STOP_SIGNALS))
      process.on(name, () => {
        if (controller.signal.aborted) endBy(name);
        controller.abort(name);
      });
    return controller.signal;
  },
};

/** Ends the process immediately. `process.exit` would wait for a running read or write, perhaps forever. */
function endBy(signal: string): void {
  // Files to remove at exit.
  process.emit('exit', 0);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}

async function fileInput(file: FileHandle): Promise<Input> {
  const stat = await file.stat();
  const read = async (position: number | null, length: number) => {
    const bytes = new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      const from = position === null ? null : position + filled;
      const { bytesRead } = await file.read(bytes, filled, length - filled, from);
      if (bytesRead === 0) break;
      filled += bytesRead;
      if (position === null) break;
    }
    return bytes.subarray(0, filled);
  };
  return {
    // Files that the system generates on reading are reported as empty.
    size: stat.isFile() && stat.size > 0 ? stat.size : undefined,
    next: (length) => read(null, length),
    at: read,
    close: () => file.close(),
  };
}
