import type { Network } from '../network/network.ts';
import type { Box } from './complex.ts';

/** Points per side of the grid. */
const SAMPLES = 5;

/**
 * Typical magnitude of the terms of every pre-activation, and of the outputs last, over the box: from a forward pass at a grid of points, and
 * never less than a millionth of the bound that interval arithmetic gives (a neuron that is off at every sample).
 */
export function magnitudes(net: Network, box: Box): Float64Array[] {
  const { layers } = net;
  const scales = layers.map((layer) => new Float64Array(layer.outputs));
  const visit = (input: Float64Array, weight: number) => {
    let h = input;
    for (let l = 0; l < layers.length; l++) {
      const { inputs, outputs, weights, biases } = layers[l];
      const z = new Float64Array(outputs);
      for (let j = 0; j < outputs; j++) {
        let sum = biases[j];
        let magnitude = Math.abs(sum);
        for (let i = 0; i < inputs; i++) {
          const term = weights[j * inputs + i] * h[i];
          sum += term;
          magnitude += Math.abs(term);
        }
        scales[l][j] = Math.max(scales[l][j], weight * magnitude);
        z[j] = weight < 1 ? magnitude : sum > 0 ? sum : net.negativeSlope * sum;
      }
      h = z;
    }
  };
  for (let i = 0; i < SAMPLES; i++)
    for (let k = 0; k < SAMPLES; k++)
      visit(
        Float64Array.of(
          box.xMin + ((box.xMax - box.xMin) * i) / (SAMPLES - 1),
          box.yMin + ((box.yMax - box.yMin) * k) / (SAMPLES - 1),
        ),
        1,
      );
  const farthest = (p: number, q: number) => Math.max(Math.abs(p), Math.abs(q));
  visit(Float64Array.of(farthest(box.xMin, box.xMax), farthest(box.yMin, box.yMax)), 1e-6);
  return scales;
}
