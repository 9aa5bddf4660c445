import * as Comlink from 'comlink';
import type { Network } from '../../src/network/network.ts';
import { nextTask } from '../../src/nextTask.ts';
import type { Box, RegionComplex } from '../../src/regions/complex.ts';
import { decisionBoundary } from '../../src/regions/decisionBoundary.ts';
import { type DiscRegions, discRegions } from '../../src/regions/disc.ts';
import { linearRegions } from '../../src/regions/linearRegions.ts';
import { outputMaps } from '../../src/regions/outputMaps.ts';
import { Subdivision } from '../../src/regions/subdivide.ts';
import type { Circle } from '../store/circles.ts';

/** Everything the map draws of one network on one box. */
export interface Geometry {
  readonly complex: RegionComplex;
  readonly linearCount: number;
  /** Linear region of every face. */
  readonly linearLabel: Int32Array;
  /** Per half-edge, 0 where the affine map is the same on both sides. */
  readonly changes: Uint8Array;
  /** Segments x1, y1, x2, y2 where the output is zero. */
  readonly boundary: Float64Array;
}

/** Short enough that a newer request is seen within a frame. */
const SLICE_MS = 8;
/** Work that takes longer than this says how far it is. */
const PATIENCE_MS = 250;
let onProgress: (call: number, regions: number) => void = () => {};
let newest = 0;

const api = {
  /** Hears how many regions a long subdivision, the `call`th, has found so far. */
  watch(listener: typeof onProgress): void {
    onProgress = listener;
  },

  /** Null when a newer request came before this one was done. */
  async subdivide(net: Network, box: Box, maxRegions: number): Promise<Geometry | null> {
    const mine = ++newest;
    const began = performance.now();
    const work = new Subdivision(net, box, { maxRegions });
    while (!work.run(SLICE_MS)) {
      if (performance.now() - began > PATIENCE_MS) onProgress(mine, work.regionsSoFar);
      await nextTask();
      if (newest !== mine) return null;
    }
    const complex = work.result();
    const maps = outputMaps(net, complex);
    const linear = linearRegions(net, complex, maps);
    const geometry: Geometry = {
      complex,
      linearCount: linear.count,
      linearLabel: linear.label,
      changes: linear.changes,
      boundary: decisionBoundary(net, complex, maps),
    };
    return Comlink.transfer(geometry, [
      complex.coordinates.buffer,
      complex.faceStart.buffer,
      complex.origin.buffer,
      complex.twin.buffer,
      complex.halfEdgeNeuron.buffer,
      complex.patterns.buffer,
      geometry.linearLabel.buffer,
      geometry.changes.buffer,
      geometry.boundary.buffer,
    ]);
  },

  /** Exact counts in the open discs, in the order of the circles. */
  count(net: Network, circles: readonly Circle[]): DiscRegions[] {
    return circles.map(({ x, y, r }) => discRegions(net, x, y, r));
  },
};

export type GeometryApi = typeof api;
Comlink.expose(api);
