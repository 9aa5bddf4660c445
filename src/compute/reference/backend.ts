import type { Model } from '../../model/model.ts';
import { CreaseDistance } from '../../regions/query/distance.ts';
import { checkOnePoint, pointCount } from '../checks.ts';
import type { Comparison, Compute, ComputeOptions, Distances, Points } from '../compute.ts';
import { boundsInSlices } from './balls.ts';
import { comparePatterns, patternHash } from './patterns.ts';
import { Propagation } from './propagation.ts';
import { inSlices } from './slices.ts';

const LARGEST_32 = (2 - 2 ** -23) * 2 ** 127;

/** The reference backend: f64 throughout, one thread, in slices of a few milliseconds. It cannot be lost. */
export const createReferenceCompute = (): Compute => ({
  backend: 'reference',
  description: 'CPU, 64-bit',
  forward,
  activations,
  patterns,
  hashes,
  compare,
  distances,
  bounds: boundsInSlices,
  dispose() {},
});

async function forward(
  net: Model,
  points: Points,
  options?: ComputeOptions,
): Promise<Float32Array> {
  const { inputs, outputs } = net;
  const n = pointCount(net, points);
  const propagation = new Propagation(net);
  const results = new Float32Array(n * outputs);
  await inSlices(net, n, 1, options, (i) => {
    results.set(propagation.outputAt(points, i * inputs), i * outputs);
  });
  return results;
}

async function activations(
  net: Model,
  points: Points,
  options?: ComputeOptions,
): Promise<Float32Array> {
  const { inputs, neurons } = net;
  const n = pointCount(net, points);
  const propagation = new Propagation(net);
  const results = new Float32Array(n * neurons);
  await inSlices(net, n, 1, options, (i) => {
    propagation.activationsAt(points, i * inputs, results, i * neurons);
  });
  return results;
}

async function patterns(
  net: Model,
  points: Points,
  options?: ComputeOptions,
): Promise<Uint32Array> {
  const { inputs, words } = net;
  const n = pointCount(net, points);
  const propagation = new Propagation(net);
  const results = new Uint32Array(n * words);
  await inSlices(net, n, 1, options, (i) => {
    propagation.patternAt(points, i * inputs, results, i * words);
  });
  return results;
}

async function hashes(net: Model, points: Points, options?: ComputeOptions): Promise<Uint32Array> {
  const { words } = net;
  const all = await patterns(net, points, options);
  const results = new Uint32Array(2 * pointCount(net, points));
  for (let i = 0; i < results.length / 2; i++)
    results.set(patternHash(all.subarray(i * words, (i + 1) * words)), 2 * i);
  return results;
}

async function compare(
  net: Model,
  points: Float64Array,
  centre: Float64Array,
  options?: ComputeOptions,
): Promise<Comparison> {
  checkOnePoint(net, centre);
  const own = new Uint32Array(net.words);
  new Propagation(net).patternAt(centre, 0, own, 0);
  return comparePatterns(net, await patterns(net, points, options), own, pointCount(net, points));
}

async function distances(
  net: Model,
  points: Float64Array,
  options?: ComputeOptions,
): Promise<Distances> {
  const n = pointCount(net, points);
  const { inputs: d, offsets } = net;
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
