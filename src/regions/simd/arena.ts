import type { Model } from '../../model/model.ts';
import { SIMD_MODULE } from './module.ts';

/** The kernels of simd/planes/, which says what they do; addresses and sizes are in bytes. */
type Kernels = {
  readonly memory: WebAssembly.Memory;
  heapBase(): number;
  combine(
    to: number,
    bytes: number,
    from: number,
    rows: number,
    factors: number,
    terms: number,
  ): void;
  addColumn(
    column: number,
    bytes: number,
    a: number,
    b: number,
    c: number,
    da: number,
    db: number,
    dc: number,
  ): void;
  sides(
    bytes: number,
    a: number,
    b: number,
    c: number,
    near: number,
    to: number,
    x: number,
    y: number,
    u: number,
    v: number,
  ): void;
};

/** Rows begin at multiples of this many numbers, as the widest kernel requires. */
const ROW = 32;
/** Below this width plain loops are as fast. */
const WIDE = 32;
const PAGE = 65_536;
/** Arenas kept for reuse: allocating memory takes longer than a small subdivision. */
const KEPT = 2;
const MOST_KEPT_BYTES = 2 ** 26;

export const padded = (n: number): number => Math.ceil(n / ROW) * ROW;

/** A memory that holds the arrays of one `LayerMaps`, and the kernels that work on them. */
export class Arena {
  readonly kernels: Kernels;
  private free: number;

  constructor(module: WebAssembly.Module) {
    this.kernels = new WebAssembly.Instance(module).exports as unknown as Kernels;
    this.free = 0;
  }

  get bytes(): number {
    return this.kernels.memory.buffer.byteLength;
  }

  /** Forgets all arrays and makes room for others. */
  clear(bytes: number): void {
    const { memory } = this.kernels;
    this.free = align(this.kernels.heapBase());
    const missing = this.free + bytes - this.bytes;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    new Uint8Array(memory.buffer).fill(0, this.free, this.free + bytes);
  }

  /** n zeros, padded to a whole row. */
  floats(n: number): Float64Array {
    const at = this.free;
    this.free += 8 * padded(n);
    return new Float64Array(this.kernels.memory.buffer, at, n);
  }

  ints(n: number): Int32Array {
    const at = this.free;
    this.free = align(at + 4 * n);
    return new Int32Array(this.kernels.memory.buffer, at, n);
  }
}

const align = (address: number): number => Math.ceil(address / 256) * 256;

let compiled: WebAssembly.Module | null | undefined;
const idle: Arena[] = [];

/** Null where the machine has no SIMD instructions. */
function compile(): WebAssembly.Module | null {
  if (typeof WebAssembly !== 'object') return null;
  const bytes = Uint8Array.from(atob(SIMD_MODULE), (letter) => letter.charCodeAt(0));
  return WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : null;
}

/**
 * An arena for the maps of a network, if it is wide enough for that to pay off and the machine supports it; the caller
 * must give it back.
 */
export function takeArena({ layers }: Model): Arena | null {
  const widest = Math.max(...layers.map(({ outputs }) => outputs));
  if (widest < WIDE) return null;
  if (compiled === undefined) compiled = compile();
  if (compiled === null) return null;
  const arena = idle.pop() ?? new Arena(compiled);
  let numbers = 8 * padded(widest) + 1024;
  for (const { inputs, outputs } of layers) numbers += (inputs + 4) * padded(outputs);
  arena.clear(8 * numbers);
  return arena;
}

/** The arrays in the arena must not be used any more. */
export function returnArena(arena: Arena): void {
  if (idle.length < KEPT && arena.bytes <= MOST_KEPT_BYTES) idle.push(arena);
}
