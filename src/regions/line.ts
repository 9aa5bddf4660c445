import { InputError } from '../errors.ts';
import { activate } from '../network/forward.ts';
import { inputSize, type Layer, type Network } from '../network/network.ts';

export interface LineCrossings {
  /** Pieces of constant activation pattern along the open segment. */
  readonly activationRegions: number;
  /** Pieces on which the outputs have one slope. */
  readonly linearRegions: number;
  /** Parameters in (0, 1) at which the pattern changes, ascending. */
  readonly crossings: Float64Array;
}

/** Values at or below this share of what was added up to make them are zero. */
const RELATIVE_TOLERANCE = 2 ** -44;

/** Values that a layer takes at one point, and how large the sums were that made them. */
interface Sums {
  readonly z: Float64Array;
  readonly size: Float64Array;
}

function sums({ inputs, outputs, weights, biases }: Layer, h: ArrayLike<number>): Sums {
  const z = Float64Array.from(biases);
  const size = Float64Array.from(biases, Math.abs);
  for (let j = 0; j < outputs; j++)
    for (let i = 0; i < inputs; i++) {
      const term = weights[j * inputs + i] * h[i];
      z[j] += term;
      size[j] += Math.abs(term);
    }
  return { z, size };
}

/** Pre-activations of layer `depth` at x, exact zeros where only rounding is left. */
function valuesAt(net: Network, x: Float64Array, depth: number): Float64Array {
  let h: Float64Array = x;
  for (let k = 0; ; k++) {
    const { z, size } = sums(net.layers[k], h);
    for (let j = 0; j < z.length; j++) if (Math.abs(z[j]) <= RELATIVE_TOLERANCE * size[j]) z[j] = 0;
    if (k === depth) return z;
    h = activate(z, net.negativeSlope);
  }
}

/** Slopes of the outputs along `direction` where the hidden layers have the given bits. */
function outputSlopes(net: Network, direction: Float64Array, bits: readonly Uint8Array[]): Sums {
  let h: Float64Array = direction;
  for (let k = 0; ; k++) {
    const layer = net.layers[k];
    const slopes = sums({ ...layer, biases: new Float64Array(layer.outputs) }, h);
    if (k === net.layers.length - 1) return slopes;
    h = slopes.z.map((s, j) => (bits[k][j] ? s : net.negativeSlope * s));
  }
}

/**
 * Regions along the open segment from p to q, in any input dimension, directly in one dimension: between two
 * neighbouring breakpoints of the layers before, a pre-activation is linear, so its values at both ends tell whether
 * and where it changes sign. Along a segment inside a crease that neuron is zero, and its bit is 0.
 *
 * @param p `[inputs]`
 * @param q `[inputs]`
 * @throws InputError for points of the wrong size, not finite, or equal
 */
export function lineCrossings(
  net: Network,
  p: ArrayLike<number>,
  q: ArrayLike<number>,
): LineCrossings {
  const d = inputSize(net);
  for (const end of [p, q]) {
    if (end.length !== d)
      throw new InputError(`a point has ${end.length} coordinates, the network takes ${d}`);
    for (let i = 0; i < d; i++)
      if (!Number.isFinite(end[i]))
        throw new InputError('the ends of the segment must be made of finite numbers');
  }
  const direction = Float64Array.from({ length: d }, (_, i) => q[i] - p[i]);
  if (direction.every((v) => v === 0))
    throw new InputError('the two ends of the segment are equal');
  const point = (t: number) => direction.map((v, i) => (t === 1 ? q[i] : p[i] + t * v));
  const hidden = net.layers.length - 1;
  let breaks = [0, 1];
  for (let k = 0; k < hidden; k++) {
    const values = breaks.map((t) => valuesAt(net, point(t), k));
    breaks = withRoots(breaks, values);
  }
  const bits = patterns(net, breaks.map(point), hidden);
  const crossings: number[] = [];
  let linear = 1;
  let slopes = outputSlopes(net, direction, bits[0]);
  for (let i = 1; i < bits.length; i++) {
    if (samePattern(bits[i - 1], bits[i])) continue;
    crossings.push(breaks[i]);
    const next = outputSlopes(net, direction, bits[i]);
    if (!sameSlopes(slopes, next)) linear++;
    slopes = next;
  }
  return {
    activationRegions: crossings.length + 1,
    linearRegions: linear,
    crossings: Float64Array.from(crossings),
  };
}

/** Breakpoints with the roots of one layer added; roots that agree to rounding are one. */
function withRoots(breaks: readonly number[], values: readonly Float64Array[]): number[] {
  const result = [breaks[0]];
  for (let i = 1; i < breaks.length; i++) {
    const [from, to] = [breaks[i - 1], breaks[i]];
    const roots: number[] = [];
    values[i].forEach((end, j) => {
      const start = values[i - 1][j];
      if (start * end < 0) roots.push(from + (to - from) * (start / (start - end)));
    });
    roots.sort((a, b) => a - b);
    for (const root of roots)
      if (root - result[result.length - 1] > RELATIVE_TOLERANCE && to - root > RELATIVE_TOLERANCE)
        result.push(root);
    result.push(to);
  }
  return result;
}

/** Bits of every hidden layer on the pieces between neighbouring points. */
function patterns(net: Network, points: readonly Float64Array[], hidden: number): Uint8Array[][] {
  const values = points.map((x) => Array.from({ length: hidden }, (_, k) => valuesAt(net, x, k)));
  return values
    .slice(1)
    .map((ends, i) =>
      ends.map((z, k) => Uint8Array.from(z, (end, j) => (end + values[i][k][j] > 0 ? 1 : 0))),
    );
}

const samePattern = (a: readonly Uint8Array[], b: readonly Uint8Array[]): boolean =>
  a.every((layer, k) => layer.every((bit, j) => bit === b[k][j]));

const sameSlopes = (a: Sums, b: Sums): boolean =>
  a.z.every((slope, o) => {
    const rounding = 8 * RELATIVE_TOLERANCE * Math.max(a.size[o], b.size[o]);
    return Math.abs(slope - b.z[o]) <= rounding;
  });
