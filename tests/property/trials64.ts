import fc from 'fast-check';
import { neuronBounds } from '../../src/bounds/algorithmOne.ts';
import { createLocalBound } from '../../src/bounds/ladder.ts';
import { neuronIntervals } from '../../src/bounds/localBound.ts';
import { BOUND_METHODS, type BoundMethod } from '../../src/bounds/methods.ts';
import { Recursion } from '../../src/bounds/recursion.ts';
import type { Bounds, Compute } from '../../src/compute/compute.ts';
import { InputError } from '../../src/errors.ts';
import type { Model } from '../../src/model/model.ts';
import { type Brinks, brinks, holds, scenes64 } from './brinks64.ts';

/** Somebody who bounds balls. */
export interface Bounder {
  readonly bound: string;
  readonly arithmetic: string;
  /** Whether answers hold intervals. */
  readonly tellsIntervals: boolean;
  /** For every ball: `stable` where its neuron, or all of its layer where it is not known which, is claimed to keep its sign. */
  readonly ask: (brinks: Brinks) => Promise<Answer[]> | Answer[];
}

/** `null` where numbers are said to leave the range. */
type Answer = { readonly stable: boolean; readonly lo?: number; readonly hi?: number } | null;

export interface Trials64 {
  readonly bounder: Bounder;
  balls: number;
  /** Balls in which the neuron switches; of these, where it is said not to. */
  switching: number;
  falselyStable: number;
  /** Intervals that the neuron leaves. */
  outside: number;
  /** Balls in which the neuron keeps its sign and is not said to. */
  needless: number;
}

function unlessOutOfRange(ask: () => Answer): Answer {
  try {
    return ask();
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}

/** A method in plain 64-bit arithmetic, as Algorithm 1 was computed once. */
export const plain = (method: BoundMethod): Bounder => ({
  bound: BOUND_METHODS[method].name,
  arithmetic: '64 bits, plain',
  tellsIntervals: true,
  ask: ({ net, balls }) => {
    const bound = createLocalBound(net, method, 'nearest');
    const { lo, hi, S } = neuronIntervals(net.neurons);
    return balls.map(({ x, r, neuron }) =>
      unlessOutOfRange(() => {
        bound.run(x, 0, r, { lo, hi, S }, 0);
        return { stable: S[neuron] === 0, lo: lo[neuron], hi: hi[neuron] };
      }),
    );
  },
});

/** Algorithm 1 as printed, as the command line gives it. */
export const printed: Bounder = {
  bound: 'Algorithm 1, printed',
  arithmetic: 'reference, as shipped',
  tellsIntervals: false,
  ask: ({ net, balls }) => {
    const recursion = new Recursion(net);
    const found = neuronBounds(net.neurons);
    return balls.map(({ x, r, neuron }) =>
      unlessOutOfRange(() => {
        recursion.run(x, 0, r, 'printed', found, 0);
        return { stable: found.S[neuron] === 0 };
      }),
    );
  },
};

/** A method by 64 bits, all numbers of the neuron. */
export const reference = (compute: Compute, method: BoundMethod): Bounder => ({
  bound: BOUND_METHODS[method].name,
  arithmetic: 'reference, as shipped',
  tellsIntervals: true,
  ask: ({ net, balls }) =>
    inBatch(compute, method, net, balls, true, ({ detail, intervals }, { neuron }, i) => {
      const at = i * net.neurons + neuron;
      if (intervals) {
        const { lo, hi, S } = intervals;
        return { stable: S[at] === 0, lo: lo[at], hi: hi[at] };
      }
      const { A, rawU, S } = detail!;
      return { stable: S[at] === 0, lo: A[at] - rawU[at], hi: A[at] + rawU[at] };
    }),
});

/** A method on a backend, which gives counts; what does not fit into 32 bits it computes in 64. */
export const counts = (compute: Compute, method: BoundMethod): Bounder => ({
  bound: BOUND_METHODS[method].name,
  arithmetic: `${compute.backend}, as shipped`,
  tellsIntervals: false,
  ask: ({ net, balls }) => {
    const K = net.widths.length;
    return inBatch(compute, method, net, balls, false, ({ C }, { layer }, i) => ({
      stable: C[i * K + layer] === 0,
    }));
  },
});

async function inBatch(
  compute: Compute,
  method: BoundMethod,
  net: Model,
  balls: Brinks['balls'],
  detail: boolean,
  read: (bounds: Bounds, ball: Brinks['balls'][number], i: number) => Answer,
): Promise<Answer[]> {
  const points = Float64Array.from(balls.flatMap(({ x }) => [...x]));
  const radii = Float64Array.from(balls, ({ r }) => r);
  try {
    const bounds = await compute.bounds(net, points, radii, { method, detail });
    return balls.map((ball, i) => read(bounds, ball, i));
  } catch (error) {
    if (error instanceof InputError) return balls.map(() => null);
    throw error;
  }
}

/**
 * Asks every method about at least so many balls close to a decision, around some centres in each of many networks, and holds the
 * answers against integers.
 */
export async function runTrials64(
  wanted: number,
  seed: number,
  bounders: readonly Bounder[],
  centres = 8,
): Promise<Trials64[]> {
  const found = bounders.map((bounder): Trials64 => {
    const none = { balls: 0, switching: 0, falselyStable: 0, outside: 0, needless: 0 };
    return { bounder, ...none };
  });
  for (let round = 0; found.some(({ balls }) => balls < wanted); round++)
    for (const scene of fc.sample(scenes64, { numRuns: 20, seed: seed + round })) {
      const given = brinks(scene, centres);
      if (given.balls.length === 0) continue;
      for (const trials of found) judge(given, await trials.bounder.ask(given), trials);
    }
  return found;
}

function judge({ balls }: Brinks, answers: readonly Answer[], found: Trials64): void {
  balls.forEach((ball, i) => {
    const answer = answers[i];
    if (answer === null) return;
    const { stable, lo, hi } = answer;
    found.balls++;
    if (ball.switches) found.switching++;
    if (ball.switches && stable) found.falselyStable++;
    if (!ball.switches && !stable) found.needless++;
    if (lo !== undefined && hi !== undefined && !holds(ball, lo, hi)) found.outside++;
  });
}
