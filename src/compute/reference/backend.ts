import { neuronBounds } from '../../bounds/algorithmOne.ts';
import { Recursion } from '../../bounds/recursion.ts';
import type { Model } from '../../model/model.ts';
import { CreaseDistance } from '../../regions/query/distance.ts';
import { checkOnePoint, checkRadii, pointCount, radiusAt, requireNetwork } from '../checks.ts';
import type {
  BoundOptions,
  Bounds,
  Comparison,
  Compute,
  ComputeOptions,
  Distances,
  Points,
  Radii,
} from '../compute.ts';
import { patternHash } from '../patternHash.ts';
import { comparePatterns } from './comparison.ts';
import { ladderInSlices } from './ladder.ts';
import { Propagation } from './propagation.ts';
import { inSlices } from './slices.ts';

const DESCRIPTION = 'CPU, 64-bit';
const LARGEST_32 = (2 - 2 ** -23) * 2 ** 127;

/** The reference backend: f64 throughout, one thread, in slices of a few milliseconds. It cannot be lost. */
export function createReferenceCompute(): Compute {
  let loaded: Model | undefined;
  const network = () => requireNetwork(loaded);
  return {
    backend: 'reference',
    description: DESCRIPTION,
    load(net) {
      loaded = net;
    },
    forward: async (points, options) => {
      const net = network();
      const n = pointCount(net, points);
      const propagation = new Propagation(net);
      const results = new Float32Array(n * propagation.outputs);
      await inSlices(net, n, 1, options, (i) => {
        results.set(propagation.outputAt(points, i * propagation.inputs), i * propagation.outputs);
      });
      return results;
    },
    activations: async (points, options) => {
      const net = network();
      const n = pointCount(net, points);
      const N = net.neurons;
      const propagation = new Propagation(net);
      const results = new Float32Array(n * N);
      await inSlices(net, n, 1, options, (i) => {
        propagation.activationsAt(points, i * propagation.inputs, results, i * N);
      });
      return results;
    },
    patterns: async (points, options) => patternsOf(network(), points, options),
    hashes: async (points, options) => {
      const net = network();
      const words = net.words;
      const patterns = await patternsOf(net, points, options);
      const results = new Uint32Array(2 * pointCount(net, points));
      for (let i = 0; i < results.length / 2; i++)
        results.set(patternHash(patterns.subarray(i * words, (i + 1) * words)), 2 * i);
      return results;
    },
    compare: async (points, centre, options) => compareInSlices(network(), points, centre, options),
    distances: async (points, options) => distancesInSlices(network(), points, options),
    bounds: async (points, r, { method = 'algorithm1', ...options } = {}) =>
      method === 'algorithm1'
        ? boundsInSlices(network(), points, r, options)
        : ladderInSlices(network(), points, r, method, options),
    dispose() {
      loaded = undefined;
    },
  };
}

async function patternsOf(
  net: Model,
  points: Points,
  options: ComputeOptions | undefined,
): Promise<Uint32Array> {
  const n = pointCount(net, points);
  const propagation = new Propagation(net);
  const words = net.words;
  const results = new Uint32Array(n * words);
  await inSlices(net, n, 1, options, (i) => {
    propagation.patternAt(points, i * propagation.inputs, results, i * words);
  });
  return results;
}

async function compareInSlices(
  net: Model,
  points: Float64Array,
  centre: Float64Array,
  options: ComputeOptions | undefined,
): Promise<Comparison> {
  checkOnePoint(net, centre);
  const own = new Uint32Array(net.words);
  new Propagation(net).patternAt(centre, 0, own, 0);
  return comparePatterns(net, await patternsOf(net, points, options), own, pointCount(net, points));
}

async function distancesInSlices(
  net: Model,
  points: Float64Array,
  options: ComputeOptions | undefined,
): Promise<Distances> {
  const n = pointCount(net, points);
  const d = net.inputs;
  const offsets = net.offsets;
  const distance = new Float32Array(n).fill(Number.POSITIVE_INFINITY);
  const neuron = new Int32Array(n).fill(-1);
  const creases = new CreaseDistance(net);
  await inSlices(net, n, d + 1, options, (i) => {
    const nearest = creases.about(points.subarray(i * d, i * d + d));
    if (!nearest) return;
    // Infinite is for no crease at all.
    distance[i] = Math.min(nearest.distance, LARGEST_32);
    neuron[i] = offsets[nearest.layer] + nearest.neuron;
  });
  return { distance, neuron };
}

async function boundsInSlices(
  net: Model,
  points: Float64Array,
  r: Radii,
  options: BoundOptions | undefined,
): Promise<Bounds> {
  const n = pointCount(net, points);
  checkRadii(r, n);
  const widths = net.widths;
  const N = net.neurons;
  const d = net.inputs;
  const recursion = new Recursion(net);
  const C = new Uint32Array(n * widths.length);
  const detail = options?.detail ? neuronBounds(n * N) : undefined;
  const room = detail ?? neuronBounds(N);
  await inSlices(net, n, d + 1, options, (i) => {
    const at = detail ? i * N : 0;
    recursion.run(points, i * d, radiusAt(r, i), 'guarded', room, at);
    let neuron = at;
    for (let k = 0; k < widths.length; k++) {
      let count = 0;
      for (const end = neuron + widths[k]; neuron < end; neuron++) count += room.S[neuron];
      C[i * widths.length + k] = count;
    }
  });
  return detail ? { C, detail } : { C };
}
