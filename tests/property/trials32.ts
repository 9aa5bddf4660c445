import fc from 'fast-check';
import {
  coveringBall,
  etaFor,
  layerConstants,
  rangeOf,
  staysInRange,
} from '../../src/compute/packed/soundness.ts';
import type { Model } from '../../src/model/model.ts';
import { triangularFactor } from '../support/triangularFactor.ts';
import type { Mood } from './adversary32.ts';
import { boundsIn32, type Constants } from './bounds32.ts';
import { brink, parkMiller, type Scene, said, small, stage, steep, wide } from './scenes32.ts';

/** The recipe's constants and ball, or what a kernel without the recipe would take. */
export function prepare(net: Model, x: Float64Array, r: number, inflated: boolean) {
  const copy = Float32Array.from(x);
  const radius = coveringBall(x, copy, r);
  if (!inflated) {
    const none: Constants = { layers: net.layers.map(() => ({ gamma: 0, kappa: 1 })), eta: 0 };
    return { copy, radius: Math.fround(r), constants: none };
  }
  const size = Math.max(radius, ...x.map(Math.abs));
  const constants: Constants = {
    layers: layerConstants(net),
    eta: etaFor(net, rangeOf(net).largestWeight, size),
  };
  return { copy, radius, constants };
}

export interface Trials {
  /** Balls with a neuron that is about to switch, each run through one adversary. */
  trials: number;
  /** Neurons decided in them; those that Algorithm 1 declares unstable in 64 bits. */
  decisions: number;
  unstable: number;
  /** Neurons said to be stable that Algorithm 1 declares unstable in 64 bits. */
  falselyStable: number;
  /** Neurons said to be affine that are not, or with a smaller reach than in 64 bits. */
  otherwiseBold: number;
}

const NEARNESS = [-1e-6, -1e-7, 2e-8, 3e-8, 5e-8, 1e-7, 2e-7, 1e-6, 1e-5];
const MOODS: Mood[] = ['away', 'towards', 'either', 'up', 'down'];
/** Mostly small networks; sums of up to 256 terms cost a hundred times as much. */
const scenes: fc.Arbitrary<Scene> = fc.oneof(
  { weight: 400, arbitrary: small },
  { weight: 2, arbitrary: wide },
  { weight: 1, arbitrary: steep },
);

/**
 * Runs the recipe, or arithmetic without it, on at least `wanted` balls within 10⁻⁵ of where a neuron of some scene goes
 * from stable to unstable, against every kind of adversary, and counts what goes wrong.
 */
export function runTrials(wanted: number, seed: number, inflated: boolean): Trials {
  const found = { trials: 0, decisions: 0, unstable: 0, falselyStable: 0, otherwiseBold: 0 };
  for (let round = 0; found.trials < wanted; round++)
    for (const scene of fc.sample(scenes, { numRuns: 50, seed: seed + round })) {
      if (found.trials >= wanted) break;
      runScene(scene, inflated, found);
    }
  return found;
}

function runScene(scene: Scene, inflated: boolean, found: Trials): void {
  const dice = parkMiller(scene.random);
  const { net, x } = stage(scene, dice);
  const onset = brink(net, x, scene.pick);
  const largest = Math.max(...x.map(Math.abs));
  if (!staysInRange(rangeOf(net), net.inputs, largest, 2 * onset)) return;
  const factor = triangularFactor(net);
  for (const nearness of NEARNESS) {
    const r = onset * (1 + nearness);
    const exact = said(net, x, r);
    const { copy, radius, constants } = prepare(net, x, r, inflated);
    const all = { ...constants, factor };
    for (const mood of MOODS) {
      found.trials++;
      boundsIn32(net, copy, radius, all, mood, dice).forEach(({ S, P, raw }, i) => {
        found.decisions++;
        found.unstable += exact[i].S;
        if (S < exact[i].S) found.falselyStable++;
        else if (P < exact[i].P || !(raw >= exact[i].rawU * (1 - 1e-12))) found.otherwiseBold++;
      });
    }
  }
}
