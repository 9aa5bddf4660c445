/** Long work that pauses between short steps, of some 10 µs at least; what it returns is the result. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** Rounds of a loop between two pauses, where a round takes well under a microsecond. */
export const ROUNDS_PER_STEP = 1024;

export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Work in slices: whoever runs it may stop between any two. */
export class Sliced<T> {
  private readonly steps: Steps<T>;
  private found: { readonly value: T } | null = null;
  private failed: { readonly reason: unknown } | null = null;

  constructor(steps: Steps<T>) {
    this.steps = steps;
  }

  /** Goes on for about `budgetMs` milliseconds; true when there is nothing left to do. Throws what the work throws. */
  run(budgetMs: number): boolean {
    const until = performance.now() + budgetMs;
    while (this.found === null) {
      this.step();
      if (performance.now() >= until) break;
    }
    return this.found !== null;
  }

  /** What the work came to, finishing it first where `run` has not. */
  result(): T {
    while (this.found === null) this.step();
    return this.found.value;
  }

  private step(): void {
    // A generator that threw says that it is done when asked again.
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
