import { setTimeout as wait } from 'node:timers/promises';

/** Signals that ask a command to stop, and what a shell then shows as its exit code: 128 and their number. */
export const STOP_SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** How long a stop waits for rows that are being written. */
export const GRACE_MS = 300;

/** The user stopped the work; the message says how far it got. */
export class Interrupted extends Error {
  override name = 'Interrupted';
  readonly exitCode: number;

  /** The reason of `signal` is the name of one of `STOP_SIGNALS`. */
  constructor({ reason }: AbortSignal, message = 'stopped') {
    super(message);
    this.exitCode =
      Object.entries(STOP_SIGNALS).find(([name]) => name === reason)?.[1] ?? STOP_SIGNALS.SIGINT;
  }
}

/**
 * Settles as the work does, or rejects with `Interrupted` if the work has not ended `graceMs` after the user stopped
 * it: a pipe may keep reader and writer waiting forever.
 */
export async function unlessStopped<T>(
  work: Promise<T>,
  signal: AbortSignal,
  graceMs = 0,
): Promise<T> {
  const done = new AbortController();
  const stop = async (): Promise<never> => {
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true, signal: done.signal });
    });
    await wait(graceMs, undefined, { signal: done.signal });
    throw new Interrupted(signal);
  };
  try {
    return await Promise.race([work, stop()]);
  } finally {
    done.abort();
  }
}
