/** A typed array that grows by doubling. `items` is replaced when it grows: read it anew after every `reserve`. */
export class Growable<T extends Float64Array | Int32Array | Uint32Array> {
  items: T;
  length = 0;
  private readonly make: (size: number) => T;

  constructor(make: (size: number) => T, capacity = 64) {
    this.make = make;
    this.items = make(capacity);
  }

  /** Makes room for `extra` more items. */
  reserve(extra: number): void {
    const needed = this.length + extra;
    if (needed <= this.items.length) return;
    const larger = this.make(Math.max(needed, 2 * this.items.length));
    larger.set(this.items.subarray(0, this.length));
    this.items = larger;
  }

  push(value: number): void {
    if (this.length === this.items.length) this.reserve(1);
    this.items[this.length++] = value;
  }

  trimmed(): T {
    return this.items.slice(0, this.length) as T;
  }
}

export const growableInts = (capacity?: number) =>
  new Growable((size) => new Int32Array(size), capacity);
export const growableWords = (capacity?: number) =>
  new Growable((size) => new Uint32Array(size), capacity);
export const growableFloats = (capacity?: number) =>
  new Growable((size) => new Float64Array(size), capacity);
