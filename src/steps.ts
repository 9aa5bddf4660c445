/** Long work that pauses between short steps, of some 10 µs at least; what it returns is the result. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** Rounds of a loop between two pauses, where a round takes well under a microsecond. */
export const ROUNDS_PER_STEP = 1024;

/** Does work all at once; returns its result and throws what it throws. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Work in slices: the caller may stop between any two. */
export class Sliced<T> {
  private readonly steps: Steps<T>;
  private found: { readonly value: T } | null = null;
  private failed: { readonly reason: unknown } | null = null;

  constructor(steps: Steps<T>) {
    this.steps = steps;
  }

  /** Works for about `budgetMs` milliseconds; true when there is nothing left to do. Throws what the work throws. */
  run(budgetMs: number): boolean {
    const until = performance.now() + budgetMs;
    while (this.found === null) {
      this.step();
      if (performance.now() >= until) break;
    }
    return this.found !== null;
  }

  /** The result of the work, which is finished first if `run` has not finished it. */
  result(): T {
    while (this.found === null) this.step();
    return this.found.value;
  }

  private step(): void {
    // A generator that threw reports that it is done when resumed.
    if (this.failed !== null) throw this.failed.reason;
    try {
      const step = this.steps.next();
      if (step.done) this.found = { value: step.value };
    } catch (reason) {
      this.failed = { reason };
      throw reason;
    }
  }
}
