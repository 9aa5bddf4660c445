/** Arithmetic in 32 bits that is as bad as WGSL allows. */

export const UNIT = 2 ** -23;
const SMALLEST_NORMAL = 2 ** -126;

/**
 * Where roundings go: all up, all down, or each by the toss of a coin, in any order of summing; or all against the
 * bound, which is made as small as can be while A is pushed away from zero or towards it; or nowhere at all.
 */
export type Mood = 'up' | 'down' | 'either' | 'away' | 'towards' | 'exact';

/** A direction on the line: +1 is up. */
type Goal = 1 | -1;

const f32 = new Float32Array(1);
const word = new Int32Array(f32.buffer);

/** Puts the terms where partial sums are largest: one sign first, large ones at both ends. */
function worstOrder(terms: number[]): void {
  const largest = terms.reduce((best, term) => (Math.abs(term) > Math.abs(best) ? term : best), 0);
  const lead = largest < 0 ? -1 : 1;
  terms.sort((p, q) => lead * (q - p));
}

export class Adversary {
  readonly mood: Mood;
  readonly #random: () => number;

  constructor(mood: Mood, random: () => number) {
    this.mood = mood;
    this.#random = random;
  }

  /** An operation's result; `goal` is where it hurts. */
  round(exact: number, goal: Goal = -1): number {
    if (this.mood === 'exact') return exact;
    const up = this.#goesUp(goal);
    if (Math.abs(exact) < SMALLEST_NORMAL) {
      const flushed = this.#plots ? exact > 0 !== up : this.#random() < 0.5;
      return flushed ? 0 : Math.fround(exact);
    }
    f32[0] = exact;
    if (f32[0] === exact) return exact;
    // A step in the number's words is a step away from zero.
    if (up && f32[0] < exact) word[0] += exact > 0 ? 1 : -1;
    if (!up && f32[0] > exact) word[0] -= exact > 0 ? 1 : -1;
    return f32[0];
  }

  add = (a: number, b: number): number => this.round(a + b);
  times = (a: number, b: number): number => this.round(a * b);

  sqrt(a: number): number {
    if (this.mood === 'exact') return Math.sqrt(a);
    return this.round(Math.sqrt(a) * (1 + 4 * UNIT * (this.mood === 'up' ? 1 : -1)));
  }

  /** start + Σ aᵢ bᵢ in any order, some products fused into the sum; `aim` tells from its value where it hurts. */
  dot(
    start: number,
    a: readonly number[],
    b: readonly number[],
    aim: (value: number) => Goal = () => -1,
  ): number {
    const goal = aim(a.reduce((sum, v, i) => sum + v * b[i], start));
    const fused = () => this.mood === 'exact' || (!this.#plots && this.#random() < 0.5);
    const terms = a.map((v, i) => (fused() ? v * b[i] : this.round(v * b[i], goal)));
    terms.push(start);
    if (this.#plots) worstOrder(terms);
    else if (this.mood !== 'exact') this.#shuffle(terms);
    return terms.reduce((sum, term) => this.round(sum + term, goal), 0);
  }

  /** Whether a product is taken in the order that is not written. */
  reassociates = (): boolean => this.mood !== 'exact' && this.#random() < 0.5;

  get #plots(): boolean {
    return this.mood === 'away' || this.mood === 'towards';
  }

  #goesUp(goal: Goal): boolean {
    if (this.#plots) return goal > 0;
    return this.mood === 'either' ? this.#random() < 0.5 : this.mood === 'up';
  }

  #shuffle(terms: number[]): void {
    for (let i = terms.length - 1; i > 0; i--) {
      const j = Math.floor(this.#random() * (i + 1));
      [terms[i], terms[j]] = [terms[j], terms[i]];
    }
  }
}

export const outwards = (value: number): Goal => (value < 0 ? -1 : 1);
export const inwards = (value: number): Goal => (value < 0 ? 1 : -1);
