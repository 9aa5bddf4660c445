const EMPTY = -1;

/**
 * Which vertex splits an edge, for every edge that was ever split; open addressing on the pair of its end vertices.
 * A face may keep the unsplit edge: the parts follow from looking up both halves again.
 */
export class EdgeSplits {
  private capacity = 1 << 12;
  private count = 0;
  private low = new Int32Array(this.capacity).fill(EMPTY);
  private high = new Int32Array(this.capacity);
  private middle = new Int32Array(this.capacity);

  /** The vertex between a and b, or −1. */
  get(a: number, b: number): number {
    const low = a < b ? a : b;
    const high = a < b ? b : a;
    const mask = this.capacity - 1;
    let slot = hash(low, high) & mask;
    while (this.low[slot] !== EMPTY) {
      if (this.low[slot] === low && this.high[slot] === high) return this.middle[slot];
      slot = (slot + 1) & mask;
    }
    return -1;
  }

  set(a: number, b: number, vertex: number): void {
    if (2 * this.count >= this.capacity) this.grow();
    this.insert(a < b ? a : b, a < b ? b : a, vertex);
    this.count++;
  }

  private insert(low: number, high: number, vertex: number): void {
    const mask = this.capacity - 1;
    let slot = hash(low, high) & mask;
    while (this.low[slot] !== EMPTY) slot = (slot + 1) & mask;
    this.low[slot] = low;
    this.high[slot] = high;
    this.middle[slot] = vertex;
  }

  private grow(): void {
    const { low, high, middle } = this;
    this.capacity *= 2;
    this.low = new Int32Array(this.capacity).fill(EMPTY);
    this.high = new Int32Array(this.capacity);
    this.middle = new Int32Array(this.capacity);
    for (let i = 0; i < low.length; i++)
      if (low[i] !== EMPTY) this.insert(low[i], high[i], middle[i]);
  }
}

function hash(low: number, high: number): number {
  const h = Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b);
  return h ^ (h >>> 15);
}
