/** Points `from … to − 1` of a batch. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Hands out a batch of n points in spans, and takes back those that failed. */
export class Spans {
  readonly #returned: Span[] = [];
  readonly #n: number;
  #next = 0;
  #finished = 0;

  constructor(n: number) {
    this.#n = n;
  }

  /** Points whose results are in. */
  get finished(): number {
    return this.#finished;
  }

  /** Points that are not handed out. */
  get left(): number {
    return this.#n - this.#next + this.#returned.reduce((sum, { from, to }) => sum + to - from, 0);
  }

  /** At most `count` points, or undefined when nothing is left. */
  take(count: number): Span | undefined {
    const returned = this.#returned.pop();
    if (returned) return returned;
    if (this.#next === this.#n) return undefined;
    const from = this.#next;
    this.#next = Math.min(this.#n, from + count);
    return { from, to: this.#next };
  }

  giveBack(span: Span): void {
    this.#returned.push(span);
  }

  /** Stops handing out points. */
  stop(): void {
    this.#next = this.#n;
    this.#returned.length = 0;
  }

  finish({ from, to }: Span): void {
    this.#finished += to - from;
  }
}
