import { affineMap } from '../../src/regions/affineMap.ts';
import { BORDER } from '../../src/regions/complex.ts';
import { faceArea, facePolygon, patternLayers } from '../../src/regions/geometry.ts';
import { createLocator, type Locator } from '../../src/regions/locate.ts';
import { neighbours } from '../../src/regions/neighbours.ts';
import type { Picture } from '../store/store.ts';

const locators = new WeakMap<Picture, Locator>();

/** The face at a point of the plane, or −1 outside the picture. */
export function faceAt(picture: Picture, x: number, y: number): number {
  const locator = locators.get(picture) ?? createLocator(picture.net, picture.complex);
  locators.set(picture, locator);
  return locator.locate(x, y);
}

export interface RegionFacts {
  readonly pattern: readonly Uint8Array[];
  /** `[outputs × 2]` */
  readonly A: readonly (readonly number[])[];
  /** `[outputs]` */
  readonly b: readonly number[];
  readonly area: number;
  readonly neighbours: number;
  readonly clipped: boolean;
  /** Activation regions of the linear region around it. */
  readonly linearSize: number;
}

/** Everything the region card says about one face. */
export function describeRegion(picture: Picture, face: number): RegionFacts {
  const { complex, linearLabel, net } = picture;
  const { A, b } = affineMap(net, complex, face);
  let clipped = false;
  for (let h = complex.faceStart[face]; h < complex.faceStart[face + 1]; h++)
    if (complex.halfEdgeNeuron[h] <= BORDER) clipped = true;
  let linearSize = 0;
  for (const label of linearLabel) if (label === linearLabel[face]) linearSize++;
  return {
    pattern: patternLayers(net, complex, face),
    A: Array.from(b, (_, i) => Array.from(A.subarray(2 * i, 2 * i + 2))),
    b: Array.from(b),
    area: faceArea(complex, face),
    neighbours: new Set(neighbours(complex, face).map((side) => side.face)).size,
    clipped,
    linearSize,
  };
}

/** A region as JSON, for the clipboard; the same keys as the command line's `region`. */
export function regionJson(picture: Picture, face: number): string {
  const { pattern, A, b, area } = describeRegion(picture, face);
  return JSON.stringify(
    {
      pattern: pattern.map((bits) => Array.from(bits)),
      A,
      b,
      polygon: facePolygon(picture.complex, face),
      area,
    },
    null,
    2,
  );
}
