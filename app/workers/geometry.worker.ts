import * as Comlink from 'comlink';
import type { Network } from '../../src/network/network.ts';
import { nextTask } from '../../src/nextTask.ts';
import type { Box, RegionComplex } from '../../src/regions/complex.ts';
import { type DecisionBoundary, decisionBoundary } from '../../src/regions/decisionBoundary.ts';
import { DiscCount, type DiscRegions } from '../../src/regions/disc.ts';
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
  /** Where the output is zero. */
  readonly boundary: DecisionBoundary;
}

/** Short enough that a newer request is seen within a frame. */
const SLICE_MS = 8;
/** Work that takes longer than this says how far it is, and shows it. */
const PATIENCE_MS = 150;
/** The next sketch is worth its packing when there are this many times the regions of the last. */
const SKETCH_GROWTH = 1.5;

/** How far the `call`th subdivision is; `sketch`, now and then, is the complex as it stands: deeper creases are missing. */
export interface Progress {
  readonly call: number;
  readonly regions: number;
  readonly sketch: RegionComplex | null;
}

let onProgress: (progress: Progress) => void = () => {};
let newest = 0;

const buffersOf = (arrays: RegionComplex | DecisionBoundary): ArrayBuffer[] =>
  Object.values(arrays).flatMap((part) =>
    ArrayBuffer.isView(part) ? [part.buffer as ArrayBuffer] : [],
  );

const api = {
  /** Hears how far a long subdivision is. */
  watch(listener: typeof onProgress): void {
    onProgress = listener;
  },

  /** Null when a newer request came before this one was done. */
  async subdivide(net: Network, box: Box, maxRegions: number): Promise<Geometry | null> {
    const mine = ++newest;
    const began = performance.now();
    const work = new Subdivision(net, box, { maxRegions });
    let sketched = 0;
    while (!work.run(SLICE_MS)) {
      if (performance.now() - began > PATIENCE_MS) {
        const due = work.regionsSoFar > SKETCH_GROWTH * sketched;
        if (due) sketched = work.regionsSoFar;
        const sketch = due ? work.result() : null;
        const progress: Progress = { call: mine, regions: work.regionsSoFar, sketch };
        onProgress(sketch ? Comlink.transfer(progress, buffersOf(sketch)) : progress);
      }
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
      ...buffersOf(complex),
      geometry.linearLabel.buffer,
      geometry.changes.buffer,
      ...buffersOf(geometry.boundary),
    ]);
  },

  /** Exact counts in the open discs, in the order of the circles. */
  async count(net: Network, circles: readonly Circle[]): Promise<DiscRegions[]> {
    const found: DiscRegions[] = [];
    for (const { x, y, r } of circles) {
      const work = new DiscCount(net, x, y, r);
      while (!work.run(SLICE_MS)) await nextTask();
      found.push(work.result());
    }
    return found;
  },
};

export type GeometryApi = typeof api;
Comlink.expose(api);
