import { type Network, outputSize } from '../network/network.ts';
import { CellMaps } from './cellMaps.ts';
import type { RegionComplex } from './complex.ts';

/** The affine map of every output on every face, found in one walk over the faces. */
export interface OutputMaps {
  readonly outputs: number;
  /** `[faces × outputs × 3]`: gradient x, gradient y, offset. */
  readonly maps: Float64Array;
  /** `[faces × outputs]`: differences at or below this, anywhere in the box, are rounding. */
  readonly tolerance: Float64Array;
}

export function outputMaps(net: Network, complex: RegionComplex): OutputMaps {
  const { faceCount, patterns, words, box } = complex;
  const outputs = outputSize(net);
  const maps = new Float64Array(faceCount * outputs * 3);
  const tolerance = new Float64Array(faceCount * outputs);
  const walk = new CellMaps(net, net.layers.length - 1, box, words);
  for (let face = 0; face < faceCount; face++) {
    const here = walk.moveTo(patterns, face * words);
    for (let o = 0; o < outputs; o++) {
      const at = face * outputs + o;
      maps[3 * at] = here.gx[o];
      maps[3 * at + 1] = here.gy[o];
      maps[3 * at + 2] = here.c[o];
      tolerance[at] = here.tolerance[o];
    }
  }
  return { outputs, maps, tolerance };
}
