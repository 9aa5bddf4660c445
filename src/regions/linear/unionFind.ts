/** Disjoint sets of the numbers 0 … size − 1. */
export class UnionFind {
  private readonly parent: Int32Array;

  constructor(size: number) {
    this.parent = new Int32Array(size);
    for (let i = 0; i < size; i++) this.parent[i] = i;
  }

  find(i: number): number {
    const { parent } = this;
    let root = i;
    while (parent[root] !== root) {
      parent[root] = parent[parent[root]];
      root = parent[root];
    }
    return root;
  }

  join(i: number, j: number): void {
    this.parent[this.find(i)] = this.find(j);
  }

  /** Number of sets, and for every element the number of its set, in the order of first elements. */
  labels(): { count: number; label: Int32Array } {
    const label = new Int32Array(this.parent.length);
    const known = new Int32Array(this.parent.length).fill(-1);
    let count = 0;
    for (let i = 0; i < label.length; i++) {
      const root = this.find(i);
      if (known[root] < 0) known[root] = count++;
      label[i] = known[root];
    }
    return { count, label };
  }
}
