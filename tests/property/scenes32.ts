import fc from 'fast-check';
import { algorithmOne } from '../../src/bounds/algorithmOne.ts';
import { createNetwork } from '../../src/model/initialisers/createNetwork.ts';
import type { Layer, Model } from '../../src/model/model.ts';
import { mixSlopes } from '../support/networks.ts';
import type { Mood } from './adversary32.ts';

/**
 * Networks and centres on which rounding to 32 bits does the most harm.
 *
 * - `plain`: nothing is done to the network;
 * - `cancelling`: biases all but cancel the pre-activations;
 * - `twins`: neurons are equal in pairs, and the next layer takes their difference, almost;
 * - `swamped`: one term of every sum is large and all others are lost in its rounding, a whole unit each time; the
 *   neurons before are affine, as bent as they can be without being so;
 * - `minute`: parameters near 2⁻¹²⁰, products of which are flushed to zero.
 */
export type Style = 'plain' | 'cancelling' | 'twins' | 'swamped' | 'minute';

const common = {
  negativeSlope: fc.constantFrom(0, 0, 0.01, 0.3),
  /** Every neuron draws its own slope instead. */
  mixed: fc.constantFrom(false, false, true),
  seed: fc.nat(),
  scale: fc.constantFrom(1e-3, 1, 1, 40, 1e6),
  mood: fc.constantFrom<Mood>('up', 'down', 'either', 'away', 'away', 'towards'),
  /** How close the radius is to one at which a neuron just begins to switch. */
  nearness: fc.constantFrom(-1e-3, -1e-5, -3e-7, -3e-8, 3e-8, 3e-7, 1e-5, 0.3),
  pick: fc.nat(),
  random: fc.integer({ min: 1, max: 2 ** 31 - 2 }),
};

export const small = fc.record({
  ...common,
  style: fc.constantFrom<Style>('plain', 'plain', 'cancelling', 'twins', 'swamped', 'minute'),
  widths: fc
    .record({
      d: fc.constantFrom(1, 2, 3, 9),
      hidden: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }),
    })
    .map(({ d, hidden }) => [d, ...hidden, 1]),
});

/** Sums of 64 to 256 terms, in the first layer or in a later one. */
export const wide = fc.record({
  ...common,
  style: fc.constantFrom<Style>('plain', 'cancelling', 'twins', 'swamped', 'swamped'),
  widths: fc
    .record({
      fan: fc.integer({ min: 64, max: 256 }),
      d: fc.constantFrom(1, 2),
      first: fc.boolean(),
    })
    .map(({ fan, d, first }) => (first ? [fan, 2, 2, 1] : [d, fan, 2, 1])),
});

/** Neurons with gradients as large as affine ones can have: the errors of both A and r‖L‖ come near their bounds. */
export const steep: fc.Arbitrary<Scene> = fc.record({
  ...common,
  style: fc.constant<Style>('swamped'),
  scale: fc.constant(1e-3),
  mood: fc.constantFrom<Mood>('away', 'towards'),
  nearness: fc.constantFrom(-1e-3, -1e-5, 3e-7),
  pick: fc.constant(0),
  widths: fc
    .record({ fan: fc.integer({ min: 64, max: 256 }), d: fc.constantFrom(1, 2) })
    .map(({ fan, d }) => [d, fan, 2, 1]),
});

export type Scene = typeof small extends fc.Arbitrary<infer T> ? T : never;

/** Park and Miller's generator: cheap, and its own for every run. */
export function parkMiller(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

export interface Affine {
  readonly z: number;
  readonly L: readonly number[];
}

/** Pre-activation and gradient of every hidden neuron at x, in 64 bits, layer by layer. */
export function affineAt(net: Model, x: ArrayLike<number>): Affine[][] {
  const d = x.length;
  let before: Affine[] = Array.from({ length: d }, (_, i) => ({
    z: x[i],
    L: Array.from({ length: d }, (__, t) => (t === i ? 1 : 0)),
  }));
  return net.layers.slice(0, -1).map((layer) => {
    const found = layerAt(layer, before);
    before = found.map(({ z, L }, j) => {
      const sigma = z > 0 ? 1 : layer.slopes[j];
      return { z: sigma * z, L: L.map((l) => sigma * l) };
    });
    return found;
  });
}

function layerAt({ inputs, outputs, weights, biases }: Layer, before: readonly Affine[]): Affine[] {
  return Array.from({ length: outputs }, (_, j) => {
    const row = weights.subarray(j * inputs, (j + 1) * inputs);
    const L = new Array<number>(before[0].L.length).fill(0);
    let z = biases[j];
    row.forEach((w, i) => {
      z += w * before[i].z;
      for (let t = 0; t < L.length; t++) L[t] += w * before[i].L[t];
    });
    return { z, L };
  });
}

/** What Algorithm 1 says of a neuron in 64 bits. */
export interface Said {
  readonly A: number;
  readonly rawU: number;
  readonly P: number;
  readonly S: number;
}

export const said = (net: Model, x: Float64Array, r: number): Said[] =>
  algorithmOne(net, x, r).layers.flatMap(({ A, rawU, P, S }) =>
    Array.from(A, (a, j) => ({ A: a, rawU: rawU[j], P: P[j], S: S[j] })),
  );

/** The radius at which the picked neuron goes from S = 0 to S = 1, by bisection; 0.1 where there is none below 8. */
export function brink(net: Model, x: Float64Array, pick: number): number {
  const at = pick % said(net, x, 0).length;
  const unstable = (r: number) => said(net, x, r)[at].S === 1;
  if (!unstable(8)) return 0.1;
  let [low, high] = [0, 8];
  for (let step = 0; step < 54; step++) {
    const middle = (low + high) / 2;
    if (unstable(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** The network and the centre of a scene. */
export function stage(
  {
    widths,
    negativeSlope,
    seed,
    scale,
    style,
    mixed = false,
  }: Pick<Scene, 'widths' | 'negativeSlope' | 'seed' | 'scale' | 'style'> & { mixed?: boolean },
  dice: () => number,
) {
  const shared = createNetwork({ widths, negativeSlope, initialiser: 'he', seed });
  const net = mixed ? mixSlopes(shared, dice) : shared;
  const x = Float64Array.from({ length: widths[0] }, () => scale * (2 * dice() - 1));
  if (style === 'minute') minute(net, dice);
  net.layers.slice(0, -1).forEach((layer, k) => {
    if (style === 'twins') twins(layer, k, dice);
    if (style === 'swamped') swamp(layer, k, dice);
  });
  if (style === 'cancelling')
    for (let k = 0; k < net.layers.length - 1; k++) {
      const found = affineAt(net, x)[k];
      found.forEach(({ z }, j) => {
        net.layers[k].biases[j] -= z * (1 - 2 ** -(3 + 20 * dice()));
      });
    }
  return { net, x };
}

function minute(net: Model, dice: () => number): void {
  for (const { weights, biases } of net.layers) {
    const shrink = 2 ** -(100 + 20 * dice());
    // Others stay: products of two small numbers alone would all be zero.
    if (dice() < 0.6) scaleBy(weights, shrink);
    scaleBy(biases, 2 ** -(112 + 8 * dice()));
  }
  for (const { weights, biases } of net.layers)
    for (const values of [weights, biases])
      values.forEach((value, i) => {
        if (Math.abs(value) < 2 ** -125) values[i] = 2 ** -125;
      });
}

function scaleBy(values: Float64Array, factor: number): void {
  values.forEach((value, i) => {
    values[i] = factor * value;
  });
}

function twins({ inputs, outputs, weights, biases }: Layer, k: number, dice: () => number): void {
  const nearly = 1 + 2 ** -(6 + 18 * dice());
  if (k % 2 === 0)
    for (let j = 1; j < outputs; j += 2) {
      weights.copyWithin(j * inputs, (j - 1) * inputs, j * inputs);
      biases[j] = biases[j - 1];
    }
  else
    for (let at = 0; at < outputs * inputs; at += inputs)
      for (let i = 1; i < inputs; i += 2) weights[at + i] = -weights[at + i - 1] * nearly;
}

function swamp({ inputs, outputs, weights, biases }: Layer, k: number, dice: () => number): void {
  const minor = (size: number) => size * 2 ** -(26 + 4 * dice());
  for (let j = 0; j < outputs; j++)
    for (let i = 0; i < inputs; i++) {
      const at = j * inputs + i;
      // Later layers add what the first takes away: values grow where gradients shrink.
      if (i > 0) weights[at] = minor(Math.abs(weights[at]) || 1);
      else weights[at] = k === 0 && j > 0 ? -(0.2 + 0.7 * dice()) : 1 + 0.1 * dice();
    }
  for (let j = 0; j < outputs; j++) biases[j] = k === 0 ? 1 + 0.01 * (j && dice()) : minor(1);
}
