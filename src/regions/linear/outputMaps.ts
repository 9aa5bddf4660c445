import type { Model } from '../../model/model.ts';
import { finish, ROUNDS_PER_STEP, type Steps } from '../../steps.ts';
import type { RegionComplex } from '../complex/complex.ts';
import { dualOrderInSteps, layerOfNeurons } from '../maps/dualOrder.ts';
import { LayerMaps } from '../maps/layerMaps.ts';
import { takeArena } from '../simd/arena.ts';
import { OutputWalk } from './outputWalk.ts';
import { checkRange, outOfRange } from './range.ts';

/** Faces between two pauses. */
const FACES_PER_STEP = 16;

/** The affine map of every output on every face. */
export interface OutputMaps {
  readonly outputs: number;
  /** `[faces × outputs × 3]`: a, b, c of f(x, y) = a·x + b·y + c. */
  readonly maps: Float64Array;
  /** `[outputs]`: bound of X|δa| + Y|δb| + |δc| for the errors of every map, X and Y the largest |x| and |y| in the box. */
  readonly error: Float64Array;
}

/**
 * Found in one walk over the dual graph of the complex.
 *
 * @throws InputError where the network leaves the range of 64-bit numbers in the box
 */
export const outputMaps = (net: Model, complex: RegionComplex): OutputMaps =>
  finish(outputMapsInSteps(net, complex));

/** `outputMaps` with pauses. */
export function* outputMapsInSteps(net: Model, complex: RegionComplex): Steps<OutputMaps> {
  const { faceCount, faceStart, origin, twin, halfEdgeNeuron, patterns, words, box } = complex;
  checkRange(net, box);
  const next = new Int32Array(origin.length);
  for (let face = 0; face < faceCount; face++) {
    if (face % ROUNDS_PER_STEP === 0) yield;
    const last = faceStart[face + 1] - 1;
    for (let h = faceStart[face]; h < last; h++) next[h] = h + 1;
    next[last] = faceStart[face];
  }
  const top = net.layers.length - 1;
  const loops = {
    faceCount,
    halfEdgeCount: origin.length,
    first: faceStart,
    next,
    twin,
    line: halfEdgeNeuron,
  };
  const order = yield* dualOrderInSteps(loops, layerOfNeurons(net), top);
  const below = Math.max(0, top - 1);
  const layerMaps = new LayerMaps(net, box, takeArena(net));
  yield;
  layerMaps.start(below, patterns, order[0] * words);
  yield;
  const walk = new OutputWalk(net, layerMaps);
  walk.start(patterns, order[0] * words);
  const { outputs, a, b, c } = walk;
  const { rounding } = layerMaps;
  const maps = new Float64Array(faceCount * outputs * 3);
  let relative = rounding.relative[top];
  let finite = true;
  for (let i = 0; i < faceCount; i++) {
    if (i % FACES_PER_STEP === 0) yield;
    const face = order[i];
    if (layerMaps.moveTo(below, patterns, face * words)) walk.start(patterns, face * words);
    else walk.moveTo(patterns, face * words);
    if (rounding.relative[top] > relative) relative = rounding.relative[top];
    for (let o = 0; o < outputs; o++) {
      const at = 3 * (face * outputs + o);
      maps[at] = a[o];
      maps[at + 1] = b[o];
      maps[at + 2] = c[o];
      finite &&= Number.isFinite(a[o]) && Number.isFinite(b[o]) && Number.isFinite(c[o]);
    }
  }
  layerMaps.release();
  if (!finite) throw outOfRange();
  return { outputs, maps, error: rounding.errors(top, relative) };
}
