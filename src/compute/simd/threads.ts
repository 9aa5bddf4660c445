import type { Port } from '../../jobs/port.ts';
import type { PackedNetwork } from '../packed/layout.ts';
import { type SimdChunk, SimdInstance } from './instance.ts';
import type { FromThread, ToThread } from './protocol.ts';

export interface SimdResult {
  /** The result words; they may be gone after the next `run`. */
  readonly words: Uint32Array;
  /** Time that the kernel took. */
  readonly ms: number;
}

/** Something that works on one chunk after another. */
export interface SimdThread {
  upload(network: PackedNetwork): void;
  run(chunk: SimdChunk): Promise<SimdResult>;
  dispose(): void;
}

/** The calling thread does the work itself. */
export function ownThread(instance: SimdInstance): SimdThread {
  return {
    upload: (network) => instance.upload(network),
    run: async (chunk) => timed(instance, chunk),
    dispose() {},
  };
}

function timed(instance: SimdInstance, chunk: SimdChunk): SimdResult {
  const begun = performance.now();
  const words = instance.run(chunk);
  return { words, ms: performance.now() - begun };
}

interface Waiting {
  readonly resolve: (result: SimdResult) => void;
  readonly reject: (error: Error) => void;
}

/** A thread at the other end of `port`, where `serveSimd` listens. Its `run` rejects once the other end has failed. */
export function remoteThread(port: Port, module: WebAssembly.Module): SimdThread {
  const waiting = new Map<number, Waiting>();
  let failure: Error | undefined;
  let next = 0;
  const fail = (error: Error) => {
    failure ??= error;
    for (const { reject } of waiting.values()) reject(failure);
    waiting.clear();
  };
  port.listen((message) => {
    const answer = message as FromThread;
    if (answer.kind === 'failed') return fail(new Error(answer.message));
    waiting.get(answer.id)?.resolve(answer);
    waiting.delete(answer.id);
  }, fail);
  const post = (message: ToThread, transfer: ArrayBuffer[]) => port.post(message, transfer);
  post({ kind: 'kernels', module }, []);
  return {
    upload: (network) => post({ kind: 'network', network }, []),
    async run(chunk) {
      if (failure) throw failure;
      const id = next++;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        // They may be the caller's own, so they are copied, not transferred.
        const points = chunk.points.slice();
        post({ kind: 'chunk', id, chunk: { ...chunk, points } }, [points.buffer]);
      });
    },
    dispose() {
      port.close();
      fail(new Error('the thread was closed'));
    },
  };
}

/** The other end: works on what comes through `port`, until that is closed. */
export function serveSimd(port: Port): void {
  const post = (message: FromThread, transfer: ArrayBuffer[]) => port.post(message, transfer);
  const fail = (error: unknown) => post({ kind: 'failed', message: (error as Error).message }, []);
  let opening: Promise<SimdInstance>;
  const answer = async (message: ToThread) => {
    if (message.kind === 'kernels') opening = SimdInstance.open(message.module);
    const instance = await opening;
    if (message.kind === 'kernels') return;
    if (message.kind === 'network') return instance.upload(message.network);
    const { words, ms } = timed(instance, message.chunk);
    const copy = words.slice();
    post({ kind: 'done', id: message.id, words: copy, ms }, [copy.buffer]);
  };
  port.listen((message) => {
    answer(message as ToThread).catch(fail);
  }, fail);
}
