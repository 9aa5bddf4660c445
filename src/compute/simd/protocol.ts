import type { PackedNetwork } from '../packed/layout.ts';
import type { SimdChunk } from './instance.ts';

/** Requests to a thread: the kernels come first. The answer to a chunk carries its number. */
export type ToThread =
  | { readonly kind: 'kernels'; readonly module: WebAssembly.Module }
  | { readonly kind: 'network'; readonly network: PackedNetwork }
  | { readonly kind: 'chunk'; readonly id: number; readonly chunk: SimdChunk };

export type FromThread =
  | { readonly kind: 'done'; readonly id: number; readonly words: Uint32Array; readonly ms: number }
  /** The thread cannot continue. */
  | { readonly kind: 'failed'; readonly message: string };
