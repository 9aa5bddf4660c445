import type { Model } from '../../model/model.ts';

/**
 * Constants that keep Algorithm 1 sound in 32-bit arithmetic under WGSL's guarantees: `+ − ×` round up or down (so the
 * unit is u = 2⁻²³, twice IEEE's), sums may be reordered and fused, sqrt errs by up to 5u, numbers below the normal
 * range may be flushed to zero. docs/soundness.md derives them; the kernels of bounds use them.
 */
const UNIT = 2 ** -23;
const SMALLEST_NORMAL = 2 ** -126;
const ETA_FLOOR = 2 ** -100;
/** Every intermediate number must stay below this, so that its square stays in the range of 32 bits. */
const LARGEST = 2 ** 60;
/** Beyond this γ, κ does not cover the second-order terms. */
const LARGEST_GAMMA = 0.01;
/** A slope of smaller size times γ would be flushed. */
const SMALLEST_SLOPE = 2 ** -100;

const scratch = new Float32Array(1);
const bits = new Uint32Array(scratch.buffer);

/** Constants of one layer for arithmetic in 32 bits, see `layerConstants`. */
export interface LayerConstants {
  readonly gamma: number;
  readonly kappa: number;
}

/** The smallest 32-bit number that is not below `value`, which must not be negative. */
function roundUp(value: number): number {
  scratch[0] = value;
  if (scratch[0] < value) bits[0] += 1;
  return scratch[0];
}

/**
 * A slope in 32 bits, off by u/2 at most: the nearest number, but 1, which says that there is no crease, is for 1 alone.
 */
export function slopeIn32(slope: number): number {
  const nearest = Math.fround(slope);
  return nearest === 1 && slope !== 1 ? 1 - 2 ** -24 : nearest;
}

/**
 * Per layer (the output layer too): γ bounds the relative error of a dot product with the layer's fan-in n in any
 * order, rounding of the weights to 32 bits and of the inputs by a slope included (n + 1 roundings; 8 leaves
 * room); κ covers the rounding of sums of non-negative terms, of sqrt and of the weights in them.
 */
export function layerConstants(net: Model): LayerConstants[] {
  const d = net.inputs;
  return net.layers.map(({ inputs }) => {
    const mu = (inputs + 8) * UNIT;
    return {
      gamma: roundUp(mu / (1 - mu)),
      kappa: roundUp(1 + 2 * (Math.max(inputs, d) + 16) * UNIT),
    };
  });
}

/**
 * What flushing to zero may lose in one layer, anywhere, for balls whose radii in 32 bits and coordinates are `size` at
 * most: in the coordinates of a gradient, √d of them times a radius, or in as many columns as there are neurons.
 */
export function etaFor(net: Model, largestWeight: number, size: number): number {
  const widest = Math.max(...net.layers.map(({ inputs }) => inputs));
  const rows = Math.max(Math.sqrt(net.inputs) * Math.max(1, size), net.neurons);
  const flushes = 16 * (widest + 1) * rows * Math.max(1, largestWeight);
  return roundUp(Math.max(ETA_FLOOR, SMALLEST_NORMAL * flushes));
}

/**
 * The ball in 32 bits: a radius about the rounded centre `copy` that covers B_r(x). Coordinates of `copy` below the normal range are set to zero, as a GPU would.
 */
export function coveringBall(x: Float64Array, copy: Float32Array, r: number): number {
  let square = 0;
  for (let i = 0; i < x.length; i++) {
    if (Math.abs(copy[i]) < SMALLEST_NORMAL) copy[i] = 0;
    square += (x[i] - copy[i]) ** 2;
  }
  // A tiny factor covers the 64-bit rounding of the distance, for all d that pass the gate; if a square underflows, its
  // root is below 2⁻⁵³⁰.
  const shift = square === 0 ? 0 : Math.sqrt(square) * (1 + 2 ** -35) + 2 ** -500;
  const total = r + shift;
  return total === 0 ? 0 : roundUp(Math.max(total * (1 + 2 ** -50), ETA_FLOOR));
}

/** At least the radius of every ball in 32 bits that covers one of radius r at coordinates up to `largest`. */
export function largestRadius(d: number, largest: number, r: number): number {
  const shift = Math.sqrt(d) * Math.max(SMALLEST_NORMAL, largest * UNIT);
  return Math.max(ETA_FLOOR, (r + shift) * (1 + UNIT)) * (1 + UNIT);
}

/** What must be known about a network before 32-bit results about it can be trusted. */
export interface Range {
  /** False: some parameter would be lost in 32 bits, so the network is for 64-bit arithmetic alone. */
  readonly fits: boolean;
  readonly largestWeight: number;
  /** Largest row sum of |W| and largest |b| of every layer, to bound its outputs. */
  readonly layers: readonly { readonly weight: number; readonly bias: number }[];
}

export function rangeOf(net: Model): Range {
  let fits = true;
  let largestWeight = 0;
  const layers = net.layers.map(({ inputs, outputs, weights, biases, slopes }) => {
    let weight = 0;
    let bias = 0;
    for (let j = 0; j < outputs; j++) {
      let sum = 0;
      for (let i = 0; i < inputs; i++) {
        const size = Math.abs(weights[j * inputs + i]);
        if (size !== 0 && size < SMALLEST_NORMAL) fits = false;
        largestWeight = Math.max(largestWeight, size);
        sum += size;
      }
      const size = Math.abs(biases[j]);
      if (size !== 0 && size < SMALLEST_NORMAL) fits = false;
      weight = Math.max(weight, sum);
      bias = Math.max(bias, size);
      if (slopes[j] !== 0 && Math.abs(slopes[j]) < SMALLEST_SLOPE) fits = false;
    }
    if (!((inputs + 8) * UNIT < LARGEST_GAMMA)) fits = false;
    return { weight, bias };
  });
  return { fits, largestWeight, layers };
}

/** Whether every number on the way stays in range for centres with coordinates up to `largest` and radius r. */
export function staysInRange(range: Range, d: number, largest: number, r: number): boolean {
  if (!range.fits) return false;
  // γ and κ add far less than a factor of two per layer to what the exact recursion could reach.
  let value = largest + r;
  let gradient = Math.sqrt(d) * Math.max(1, r);
  for (const { weight, bias } of range.layers) {
    value = 2 * (bias + weight * value);
    gradient *= 2 * weight;
    if (!(value < LARGEST && gradient < LARGEST && weight < LARGEST)) return false;
  }
  return value < LARGEST;
}
