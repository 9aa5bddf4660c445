import fc from 'fast-check';
import { rangeOf, staysInRange } from '../../src/compute/packed/soundness.ts';
import type { Model } from '../../src/model/model.ts';
import { triangularFactor } from '../support/triangularFactor.ts';
import type { Mood } from './adversary32.ts';
import type { Constants } from './bounds32.ts';
import { crownIn32 } from './crown32.ts';
import { type Interval32, remaindersIn32 } from './remainders32.ts';
import { affineAt, parkMiller, type Scene, small, stage, steep, wide } from './scenes32.ts';
import { prepare } from './trials32.ts';

/** The ladder's methods that have kernels in 32 bits. */
export const LADDER_METHODS = ['algorithm1plus', 'ibp', 'zonotope', 'crown'] as const;
export type LadderMethod = (typeof LADDER_METHODS)[number];

export interface LadderTrials {
  /** Balls with a neuron that is about to switch, each run through one method and one adversary. */
  trials: number;
  /** Neurons that are seen to switch in them. */
  switching: number;
  /** Those of them that a method calls stable. */
  falselyStable: number;
  /** Neurons with a pre-activation in the ball outside the interval. */
  outside: number;
}

export const NEARNESS = [-1e-7, 3e-8, 1e-7, 3e-7, 1e-6, 1e-5];
const MOODS: Mood[] = ['away', 'towards', 'either', 'up', 'down'];
/** The share of scenes in which the bounds are attained. */
const ALIGNED = 0.5;
/** Farther than this, in units of where its tangent would have it, nobody looks for a crossing. */
const FAR = 8;
/** Witnesses stay in the ball in spite of their own rounding. */
const INSIDE = 1 - 2 ** -45;

const scenes: fc.Arbitrary<Scene> = fc.oneof(
  { weight: 400, arbitrary: small },
  { weight: 2, arbitrary: wide },
  { weight: 1, arbitrary: steep },
);

/**
 * Runs every method of the ladder, by the recipe or in naive arithmetic, on at least `wanted` balls within 10⁻⁵ of where
 * a neuron of some scene first switches, and holds it against pre-activations at points of the ball.
 */
export function runLadderTrials(wanted: number, seed: number, inflated: boolean): LadderTrials {
  const found = { trials: 0, switching: 0, falselyStable: 0, outside: 0 };
  for (let round = 0; found.trials < wanted; round++)
    for (const scene of fc.sample(scenes, { numRuns: 50, seed: seed + round })) {
      if (found.trials >= wanted) break;
      runScene(scene, inflated, found);
    }
  return found;
}

/** The network and the centre of a scene, and the radius at which a neuron begins to switch; some have none in range. */
export function onsetOf(scene: Scene, dice: () => number) {
  const { net, x } = stage(scene, dice);
  if (dice() < ALIGNED) align(net, x, dice);
  const onset = crossing(net, x, scene.pick);
  const largest = Math.max(...x.map(Math.abs));
  if (!staysInRange(rangeOf(net), net.inputs, largest, 2 * onset)) return undefined;
  return { net, x, onset };
}

function runScene(scene: Scene, inflated: boolean, found: LadderTrials): void {
  const dice = parkMiller(scene.random);
  const staged = onsetOf(scene, dice);
  if (!staged) return;
  const { net, x, onset } = staged;
  const factor = triangularFactor(net);
  for (let turn = 0; turn < 3; turn++) {
    const r = onset * (1 + NEARNESS[Math.floor(dice() * NEARNESS.length)]);
    const seen = ranges(net, x, r);
    const { copy, radius, constants } = prepare(net, x, r, inflated);
    const all = { ...constants, factor };
    for (const method of LADDER_METHODS)
      for (const mood of MOODS) {
        found.trials++;
        ladderIn32(net, copy, radius, all, method, mood, dice).forEach(({ S, lo, hi }, i) => {
          const { least, most, switches } = seen[i];
          if (switches) found.switching++;
          if (switches && S === 0) found.falselyStable++;
          if (lo > least || hi < most) found.outside++;
        });
      }
  }
}

/**
 * Makes every method's bound exact at the end of one radius, so that nothing but the recipe's room is between a rounding
 * and a false claim: the rows of the first layer point the same way, so that all its neurons are largest there, some of
 * them unstable, and the second layer takes all of them away from a positive bias; later layers add what is left.
 */
function align(net: Model, x: Float64Array, dice: () => number): void {
  const [first] = net.layers;
  const row = first.weights.slice(0, first.inputs).map((w) => w || 1);
  const length = Math.hypot(...row);
  net.layers.slice(0, -1).forEach(({ inputs, outputs, weights, biases }, k) => {
    for (let j = 0; j < outputs; j++) {
      const size = 0.5 + dice();
      for (let i = 0; i < inputs; i++)
        weights[j * inputs + i] =
          k === 0 ? size * row[i] : ((k === 1 ? -1 : 1) * (0.5 + dice())) / inputs;
    }
    biases.fill(0);
    affineAt(net, x)[k].forEach(({ z }, j) => {
      biases[j] = length * (k === 0 ? 0.3 * dice() - 0.1 : 0.2 + dice()) - z;
    });
  });
}

function ladderIn32(
  net: Model,
  x: Float32Array,
  r: number,
  constants: Constants,
  method: LadderMethod,
  mood: Mood,
  random: () => number,
): Interval32[] {
  return method === 'crown'
    ? crownIn32(net, x, r, constants, mood, random)
    : remaindersIn32(net, x, r, constants, method, mood, random);
}

const flatAt = (net: Model, x: Float64Array) => affineAt(net, x).flat();

/** x + t · direction. */
const beyond = (x: Float64Array, t: number, direction: readonly number[]): Float64Array =>
  x.map((value, i) => value + t * direction[i]);

/** The unit vector along a gradient; undefined where it vanishes. */
function unit(L: readonly number[]): number[] | undefined {
  const largest = Math.max(...L.map(Math.abs));
  if (largest === 0) return undefined;
  const scaled = L.map((l) => l / largest);
  const length = Math.hypot(...scaled);
  return scaled.map((l) => l / length);
}

/** How far from x the picked neuron crosses zero along its gradient; a tenth where it does not. */
function crossing(net: Model, x: Float64Array, pick: number): number {
  const here = flatAt(net, x);
  const at = pick % here.length;
  const { z, L } = here[at];
  const direction = unit(L)?.map((l) => (z > 0 ? -l : l));
  if (!direction || z === 0) return 0.1;
  const crossed = (t: number) => flatAt(net, beyond(x, t, direction))[at].z > 0 !== z > 0;
  const [tangent] = [Math.abs(z) / Math.hypot(...L)];
  let [low, high] = [0, FAR * tangent];
  if (!(high < Number.POSITIVE_INFINITY) || !crossed(high)) return 0.1;
  for (let step = 0; step < 54; step++) {
    const middle = (low + high) / 2;
    if (crossed(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** What a neuron is seen to take in a ball, and whether it is seen to switch. */
export interface Seen {
  readonly least: number;
  readonly most: number;
  readonly switches: boolean;
}

/** The least and the most that every neuron takes at some points of the ball: to and fro along its own gradient, and others'. */
export function ranges(net: Model, x: Float64Array, r: number): Seen[] {
  const here = flatAt(net, x);
  const found = here.map(({ z }) => ({ least: z, most: z }));
  for (const { L } of here) {
    const direction = unit(L);
    if (!direction) continue;
    for (const t of [-r * INSIDE, r * INSIDE])
      flatAt(net, beyond(x, t, direction)).forEach(({ z }, i) => {
        found[i].least = Math.min(found[i].least, z);
        found[i].most = Math.max(found[i].most, z);
      });
  }
  const slopes = net.hidden.flatMap((layer) => [...layer.slopes]);
  return found.map(({ least, most }, i) => ({
    least,
    most,
    switches: least < 0 && most > 0 && slopes[i] !== 1,
  }));
}
