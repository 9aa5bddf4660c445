import type { PackedNetwork } from '../packed/layout.ts';
import type { SimdChunk } from './instance.ts';

/** One end of a channel to another thread: a web worker, a worker's own scope, a message port, or Node's equivalent. */
export interface SimdPort {
  post(message: unknown, transfer: ArrayBuffer[]): void;
  /** `onFailure` hears that the other end did not start or died. */
  listen(onMessage: (message: unknown) => void, onFailure: (error: Error) => void): void;
  close(): void;
}

/** Requests to a thread: the kernels come first. The answer to a chunk carries its number. */
export type ToThread =
  | { readonly kind: 'kernels'; readonly module: WebAssembly.Module }
  | { readonly kind: 'network'; readonly network: PackedNetwork }
  | { readonly kind: 'chunk'; readonly id: number; readonly chunk: SimdChunk };

export type FromThread =
  | { readonly kind: 'done'; readonly id: number; readonly words: Uint32Array; readonly ms: number }
  /** The thread cannot continue. */
  | { readonly kind: 'failed'; readonly message: string };

type WebEnd = Pick<Worker, 'postMessage' | 'addEventListener'> & {
  start?(): void;
  close?(): void;
  terminate?(): void;
};

/** A web worker, a worker's own scope, or a message port. */
export function webPort(end: WebEnd): SimdPort {
  return {
    post: (message, transfer) => end.postMessage(message, transfer),
    listen(onMessage, onFailure) {
      end.addEventListener('message', ({ data }) => onMessage(data));
      end.addEventListener('messageerror', () => onFailure(new Error('a message was lost')));
      end.addEventListener('error', ({ message }) =>
        onFailure(new Error(message || 'the worker did not start')),
      );
      end.start?.();
    },
    close: () => (end.terminate ? end.terminate() : end.close?.()),
  };
}
