import type { Model } from '../../model/model.ts';
import type { RegionComplex } from '../complex/complex.ts';
import { ExactMaps } from '../exact/exactMaps.ts';
import type { OutputMaps } from './outputMaps.ts';

/**
 * Whether two faces of a complex have the same affine map of all outputs: decided exactly, without a tolerance. Maps
 * that differ by more than the rounding errors differ. Maps agree when no neuron whose bit changes reaches an output:
 * paths of weights that differ between the faces pass such a neuron last, and continue from there through neurons that
 * let something through in both: those that are on, or off with a slope other than 0. The exact maps decide the rest.
 */
export class MapComparison {
  /** Pairs of faces whose exact maps had to be compared. */
  exactDecisions = 0;
  private readonly net: Model;
  private readonly complex: RegionComplex;
  private readonly maps: OutputMaps;
  private readonly exact: ExactMaps;
  private readonly reachX: number;
  private readonly reachY: number;
  private readonly offsets: readonly number[];
  /** `[N]`: 1 where a neuron reaches an output through neurons that are not zero in face `tracedFace`. */
  private readonly reaches: Uint8Array;
  private tracedFace = -1;

  constructor(net: Model, complex: RegionComplex, maps: OutputMaps) {
    const { box } = complex;
    this.net = net;
    this.complex = complex;
    this.maps = maps;
    this.exact = new ExactMaps(net, complex.border);
    this.reachX = Math.max(Math.abs(box.xMin), Math.abs(box.xMax));
    this.reachY = Math.max(Math.abs(box.yMin), Math.abs(box.yMax));
    this.offsets = net.offsets;
    this.reaches = new Uint8Array(net.neurons);
  }

  same(f: number, g: number): boolean {
    if (this.clearlyDiffer(f, g)) return false;
    if (!this.changeReachesOutput(f, g)) return true;
    this.exactDecisions++;
    const { patterns, words } = this.complex;
    for (let o = 0; o < this.net.outputs; o++) {
      const id = this.reaches.length + o;
      const p = this.exact.line(id, patterns, f * words);
      const q = this.exact.line(id, patterns, g * words);
      if (p.a !== q.a || p.b !== q.b || p.c !== q.c) return false;
    }
    return true;
  }

  private clearlyDiffer(f: number, g: number): boolean {
    const { outputs, maps, error } = this.maps;
    for (let o = 0; o < outputs; o++) {
      const a = 3 * (f * outputs + o);
      const b = 3 * (g * outputs + o);
      const difference =
        Math.abs(maps[a] - maps[b]) * this.reachX +
        Math.abs(maps[a + 1] - maps[b + 1]) * this.reachY +
        Math.abs(maps[a + 2] - maps[b + 2]);
      if (difference > 2 * error[o]) return true;
    }
    return false;
  }

  private changeReachesOutput(f: number, g: number): boolean {
    const { patterns, words } = this.complex;
    this.trace(f);
    for (let w = 0; w < words; w++) {
      let changed = patterns[f * words + w] ^ patterns[g * words + w];
      while (changed !== 0) {
        const bit = 31 - Math.clz32(changed & -changed);
        changed &= changed - 1;
        if (this.reaches[32 * w + bit]) return true;
      }
    }
    return false;
  }

  private trace(face: number): void {
    if (face === this.tracedFace) return;
    this.tracedFace = face;
    const { reaches, offsets } = this;
    const { layers, slopes } = this.net;
    const { patterns, words } = this.complex;
    reaches.fill(0);
    for (let l = layers.length - 1; l > 0; l--) {
      const { inputs, outputs, weights } = layers[l];
      for (let j = 0; j < outputs; j++) {
        if (l < layers.length - 1) {
          const bit = offsets[l] + j;
          const on = (patterns[face * words + (bit >>> 5)] >>> (bit & 31)) & 1;
          if (!reaches[bit] || (!on && slopes[bit] === 0)) continue;
        }
        for (let i = 0; i < inputs; i++)
          if (weights[j * inputs + i] !== 0) reaches[offsets[l - 1] + i] = 1;
      }
    }
  }
}
