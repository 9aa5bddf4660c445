import { BackendError, DeviceLostError } from '../compute/compute.ts';
import { InputError } from '../errors.ts';

/** The types of a job: its parameters, its result and its progress messages. */
export interface Job<Parameters, Result, Progress = never> {
  readonly parameters: Parameters;
  readonly result: Result;
  readonly progress: Progress;
}

/** The jobs that one port serves, by name. */
export type JobTable<Jobs> = { readonly [Name in keyof Jobs]: Job<unknown, unknown, unknown> };

/** To the side that serves. Calls are numbered by the side that asks. */
export type Request =
  | {
      readonly kind: 'ask';
      readonly call: number;
      readonly job: string;
      readonly parameters: unknown;
    }
  | { readonly kind: 'cancel'; readonly call: number }
  /** Holds or resumes one call, or (null) all calls, future ones too. */
  | { readonly kind: 'hold'; readonly call: number | null; readonly held: boolean }
  /** A progress message that awaited this was handled. */
  | { readonly kind: 'taken'; readonly call: number };

/** To the side that asks. A call ends with its result or an error, a cancelled one with an error too. */
export type Answer =
  | {
      readonly kind: 'progress';
      readonly call: number;
      readonly progress: unknown;
      readonly awaited: boolean;
    }
  | { readonly kind: 'result'; readonly call: number; readonly result: unknown }
  | { readonly kind: 'error'; readonly call: number; readonly error: SentError };

/** A call that will not be answered, because the worker that served it is gone. */
export class WorkerGoneError extends Error {
  override readonly name = 'WorkerGoneError';
  constructor(message = 'the worker is gone') {
    super(message);
  }
}

/** An error as it is sent between threads, where it would lose its class. */
interface SentError {
  readonly name: string;
  readonly message: string;
}

const CLASSES: Readonly<Record<string, new (message: string) => Error>> = {
  InputError,
  WorkerGoneError,
  DeviceLostError,
  BackendError,
  RangeError,
  TypeError,
};

export const sentError = (error: unknown): SentError =>
  error instanceof Error
    ? { name: error.name, message: error.message }
    : { name: 'Error', message: String(error) };

/** The error with its original class; if that is not known here, an `Error` with its name. */
export function receivedError({ name, message }: SentError): Error {
  const Class = Object.hasOwn(CLASSES, name) ? CLASSES[name] : null;
  return Class ? new Class(message) : Object.assign(new Error(message), { name });
}
