/**
 * Nodes that wait. The one with the largest key comes first, until `most` of them wait: then the last one comes first,
 * until those that came since are done, which takes no more memory than the tree is deep.
 */
export class OpenNodes<T extends { readonly key: number }> {
  readonly #most: number;
  readonly #heap: T[] = [];
  readonly #stack: T[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  get count(): number {
    return this.#heap.length + this.#stack.length;
  }

  *[Symbol.iterator](): Generator<T> {
    yield* this.#heap;
    yield* this.#stack;
  }

  put(node: T): void {
    const heap = this.#heap;
    if (heap.length >= this.#most || this.#stack.length > 0) {
      this.#stack.push(node);
      return;
    }
    let at = heap.length;
    while (at > 0) {
      const above = (at - 1) >> 1;
      // Among equals the newest first.
      if (heap[above].key > node.key) break;
      heap[at] = heap[above];
      at = above;
    }
    heap[at] = node;
  }

  take(): T | undefined {
    const last = this.#stack.pop();
    if (last !== undefined) return last;
    const heap = this.#heap;
    const [first] = heap;
    const node = heap.pop();
    if (node === undefined || heap.length === 0) return first;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= heap.length) break;
      if (below + 1 < heap.length && heap[below + 1].key > heap[below].key) below++;
      if (heap[below].key <= node.key) break;
      heap[at] = heap[below];
      at = below;
    }
    heap[at] = node;
    return first;
  }
}
