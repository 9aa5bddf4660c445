/** Steps between kept states: `fine` near the newest step, never more than `coarse`; powers of two, fine ≤ coarse. */
export interface Gaps {
  readonly fine: number;
  readonly coarse: number;
}

/** A state and the step after which it was taken. */
export interface Moment<S> {
  readonly step: number;
  readonly state: S;
}

/** In bytes, unless a timeline is told otherwise. */
export const TIMELINE_BYTES = 64 * 2 ** 20;

/** Seconds of replay between two states: near the newest step, and anywhere. */
const FINE_SECONDS = 0.01;
const COARSE_SECONDS = 1;

/** How full a timeline is after it was thinned. */
const THINNED = 7 / 8;

/**
 * Gaps that replay bridges in a hundredth of a second and in one second.
 *
 * @param stepsPerSecond as measured; a machine that is slower later takes longer
 */
export function replayGaps(stepsPerSecond: number): Gaps {
  const below = (steps: number) => 2 ** Math.floor(Math.log2(Math.max(1, steps)));
  return {
    fine: below(FINE_SECONDS * stepsPerSecond),
    coarse: below(COARSE_SECONDS * stepsPerSecond),
  };
}

/**
 * Which of the steps 0 … newest to keep, at most `capacity` (at least 3) of them: the multiples of a power of two, which
 * is `fine` up to some age and doubles with every doubling of the age, up to `coarse`. Step 0 and the newest are always
 * among them. That age is as large as `capacity` allows. Where even `coarse` is too fine for it, larger gaps are used.
 */
export function thinning(
  newest: number,
  capacity: number,
  { fine, coarse }: Gaps,
): (step: number) => boolean {
  const { dense, first, last } = plan(newest, capacity, fine, coarse);
  return (step) => {
    const age = newest - step;
    if (age === 0) return true;
    const gap = age <= dense ? first : first * 2 ** Math.ceil(Math.log2(age / dense));
    return step % Math.min(gap, last) === 0;
  };
}

/** Gap `first` up to the age `dense`; each doubling of the age doubles the gap, up to `last`. */
function plan(newest: number, capacity: number, fine: number, coarse: number) {
  for (let last = coarse; last <= 2 * newest; last *= 2) {
    // Up to the age `dense` = c · fine there are c + 1 multiples, in each of the next octaves c / 2 + 1; then newest / last.
    const octaves = Math.log2(last / fine);
    const room = capacity - 3 - octaves - Math.floor(newest / last);
    const c = Math.floor(room / (1 + octaves / 2));
    if (c >= 1) return { dense: c * fine, first: fine, last };
  }
  let gap = coarse;
  while (Math.floor(newest / gap) + 2 > capacity) gap *= 2;
  return { dense: newest, first: gap, last: gap };
}

/**
 * States of a run at some of its steps, in bounded memory: from the nearest one before a step, replay leads there. As
 * memory fills the states are thinned by `thinning`, so that what is long ago has larger gaps, but replay does not take
 * longer than a second as long as memory allows.
 *
 * @typeParam S the state, which nobody changes; step 0 is not needed, because seeds give it
 */
export class Timeline<S> {
  readonly #limit: number;
  readonly #bytesOf: (state: S) => number;
  #moments: Moment<S>[] = [];
  #bytes = 0;

  constructor(bytesOf: (state: S) => number, limit = TIMELINE_BYTES) {
    this.#bytesOf = bytesOf;
    this.#limit = limit;
  }

  /** Bytes of all states, at most the limit. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Steps of which there is a state, ascending. */
  get steps(): number[] {
    return this.#moments.map(({ step }) => step);
  }

  /** Whether `add` would take a state of this step: its turn has come, and there is none of it or of a later one. */
  wants(step: number, gaps: Gaps): boolean {
    const last = this.#moments.at(-1)?.step ?? 0;
    return step > last && step % gaps.fine === 0;
  }

  /** Adds the state after a step later than all there are; a state larger than the limit is not kept. */
  add(step: number, state: S, gaps: Gaps): void {
    const size = this.#bytesOf(state);
    if (size > this.#limit || step <= (this.#moments.at(-1)?.step ?? 0)) return;
    this.#moments.push({ step, state });
    this.#bytes += size;
    if (this.#bytes > this.#limit) this.#thin(step, gaps);
  }

  /** The last state at or before a step; undefined where only the seeds lead there. */
  nearest(step: number): Moment<S> | undefined {
    let [from, to] = [0, this.#moments.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.#moments[middle].step <= step) from = middle + 1;
      else to = middle;
    }
    return this.#moments[from - 1];
  }

  /** Forgets what came after a step: a branch begins there. */
  dropAfter(step: number): void {
    this.#keep(({ step: at }) => at <= step);
  }

  #thin(newest: number, gaps: Gaps): void {
    let largest = 1;
    for (const { state } of this.#moments) largest = Math.max(largest, this.#bytesOf(state));
    const capacity = Math.max(3, Math.floor((THINNED * this.#limit) / largest));
    const keeps = thinning(newest, capacity, gaps);
    this.#keep(({ step }) => keeps(step));
    // Steps that were no multiples of anything, or a limit of one or two states.
    while (this.#bytes > this.#limit) this.#keep((_, i) => i > 0);
  }

  #keep(wanted: (moment: Moment<S>, i: number) => boolean): void {
    this.#moments = this.#moments.filter(wanted);
    this.#bytes = this.#moments.reduce((sum, { state }) => sum + this.#bytesOf(state), 0);
  }
}
