import type { Layer, Model } from '../../src/model/model.ts';
import { quotient as rounded } from '../../src/regions/exact/dyadic.ts';
import type { Fraction } from '../support/fraction.ts';
import { rationalNeurons } from '../support/rationalQueries.ts';

/** What is known in 64 bits of one hidden neuron at a point. `slope` is that of z, not of σ. */
export interface NeuronAt {
  readonly layer: number;
  readonly z: number;
  /** σ(z). */
  readonly h: number;
  /** ‖∇z‖₂; by rational arithmetic where the terms that make it cancel. */
  readonly slope: number;
  /**
   * What ‖∇z‖₂ is at most made of: the same sums with absolute weights. Where terms cancel it is far above `slope`, and so
   * is what 32 bits lose of the gradient.
   */
  readonly steep: number;
  /** Whether its slope is not 1. */
  readonly creased: boolean;
}

interface Affine {
  readonly value: number;
  readonly gradient: Float64Array;
  readonly steep: number;
}

/** Every hidden neuron in flat order, by the definition: values and gradients, layer by layer. */
export function neuronsAt(net: Model, x: Float64Array): NeuronAt[] {
  const found = inNumbers(net, x);
  if (found.every(({ slope }) => !Number.isNaN(slope))) return found;
  const exact = rationalNeurons(net, x);
  return found.map((one, i) => ({
    ...one,
    z: toNumber(exact[i].z),
    slope: Math.sqrt(exact[i].gradient.reduce((sum, g) => sum + toNumber(g.times(g)), 0)),
  }));
}

const toNumber = ({ n, d }: Fraction): number => rounded(n, d);

/** The same in 64-bit numbers; a slope that is below 2⁻⁴⁰ of its terms is not a number. */
function inNumbers(net: Model, x: Float64Array): NeuronAt[] {
  const found: NeuronAt[] = [];
  let before: Affine[] = [];
  net.hidden.forEach((layer, k) => {
    const at = Array.from({ length: layer.outputs }, (_, j) =>
      k === 0 ? first(layer, j, x) : later(layer, j, before),
    );
    const sigma = ({ value }: Affine, j: number) => (value > 0 ? 1 : layer.slopes[j]);
    at.forEach((neuron, j) => {
      found.push({
        layer: k,
        z: neuron.value,
        h: sigma(neuron, j) * neuron.value,
        slope: neuron.slope,
        steep: neuron.steep,
        creased: layer.slopes[j] !== 1,
      });
    });
    before = at.map((neuron, j) => ({
      value: sigma(neuron, j) * neuron.value,
      gradient: neuron.gradient.map((g) => sigma(neuron, j) * g),
      steep: Math.abs(sigma(neuron, j)) * neuron.steep,
    }));
  });
  return found;
}

function first({ inputs, weights, biases }: Layer, j: number, x: Float64Array) {
  const gradient = weights.slice(j * inputs, (j + 1) * inputs);
  const value = gradient.reduce((sum, w, i) => sum + w * x[i], biases[j]);
  const slope = Math.sqrt(gradient.reduce((sum, g) => sum + g * g, 0));
  return { value, gradient, slope, steep: slope };
}

function later({ inputs, weights, biases }: Layer, j: number, before: readonly Affine[]) {
  const gradient = new Float64Array(before[0].gradient.length);
  let value = biases[j];
  let size = 0;
  let steep = 0;
  before.forEach((input, i) => {
    const w = weights[j * inputs + i];
    value += w * input.value;
    steep += Math.abs(w) * input.steep;
    for (let t = 0; t < gradient.length; t++) {
      gradient[t] += w * input.gradient[t];
      size += Math.abs(w * input.gradient[t]);
    }
  });
  const length = Math.sqrt(gradient.reduce((sum, g) => sum + g * g, 0));
  const slope = length > 2 ** -40 * size || size === 0 ? length : Number.NaN;
  return { value, gradient, slope, steep };
}

/** |z| / ‖∇z‖ of a neuron: how far its crease would be if it went on for ever; infinite where it has none. */
export const quotient = ({ z, slope, creased }: NeuronAt): number =>
  slope === 0 || !creased ? Number.POSITIVE_INFINITY : Math.abs(z) / slope;

/** The coordinates of point i. */
export const pointAt = (net: Model, points: Float64Array, i: number): Float64Array =>
  points.subarray(i * net.inputs, (i + 1) * net.inputs);
