import { BORDER } from '../../src/regions/complex/complex.ts';
import { patternLayers } from '../../src/regions/complex/faces.ts';
import { neighbours } from '../../src/regions/complex/neighbours.ts';
import { affineMap } from '../../src/regions/linear/affineMap.ts';
import { faceGeometry } from '../../src/regions/measure/faceGeometry.ts';
import type { Insphere } from '../../src/regions/measure/insphere.ts';
import { createLocator, type Locator } from '../../src/regions/query/locate.ts';
import type { Picture, State } from '../store/store.ts';

const locators = new WeakMap<Picture, Locator>();

/** The face at a point of the plane, or −1 outside the picture. */
export function faceAt(picture: Picture, x: number, y: number): number {
  const locator = locators.get(picture) ?? createLocator(picture.net, picture.complex);
  locators.set(picture, locator);
  return locator.locate(x, y);
}

/** The face that is spoken of: under the pointer, else at the place a person went to; null where there is none. */
export function shownFace(s: Pick<State, 'picture' | 'hoverFace' | 'focus'>): number | null {
  const { picture, hoverFace, focus } = s;
  if (!picture) return null;
  if (hoverFace !== null) return hoverFace < picture.complex.faceCount ? hoverFace : null;
  const face = focus ? faceAt(picture, focus.x, focus.y) : -1;
  return face < 0 ? null : face;
}

export interface Surroundings {
  readonly face: number;
  /** Faces across an edge, each once. */
  readonly neighbours: readonly number[];
  readonly insphere: Insphere;
}

/** What lies around one face and fits into it. */
export function surroundings({ net, complex }: Picture, face: number): Surroundings {
  return {
    face,
    neighbours: [...new Set(neighbours(complex, face).map((side) => side.face))],
    insphere: faceGeometry(net, complex).insphere(face),
  };
}

const linearSizes = new WeakMap<Int32Array, Uint32Array>();

/** Number of activation regions of every linear region; counted once per picture. */
function sizesOf({ linearLabel, linearCount }: Picture): Uint32Array {
  let sizes = linearSizes.get(linearLabel);
  if (sizes === undefined) {
    sizes = new Uint32Array(linearCount);
    for (const label of linearLabel) sizes[label]++;
    linearSizes.set(linearLabel, sizes);
  }
  return sizes;
}

export interface RegionFacts {
  readonly pattern: readonly Uint8Array[];
  /** `[outputs × 2]` */
  readonly A: readonly (readonly number[])[];
  /** `[outputs]` */
  readonly b: readonly number[];
  readonly area: number;
  readonly neighbours: number;
  readonly insphere: Insphere;
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
  const around = surroundings(picture, face);
  return {
    pattern: patternLayers(net, complex, face),
    A: Array.from(b, (_, i) => Array.from(A.subarray(2 * i, 2 * i + 2))),
    b: Array.from(b),
    area: faceGeometry(net, complex).area(face),
    neighbours: around.neighbours.length,
    insphere: around.insphere,
    clipped,
    linearSize: sizesOf(picture)[linearLabel[face]],
  };
}

/** A region as JSON, for the clipboard; what it says has the keys that the command line's `region` gives it. */
export function regionJson(picture: Picture, face: number): string {
  const { pattern, A, b, area, clipped, insphere } = describeRegion(picture, face);
  const { x, y, r } = insphere;
  return JSON.stringify(
    {
      pattern: pattern.map((bits) => Array.from(bits)),
      A,
      b,
      polygon: faceGeometry(picture.net, picture.complex).polygon(face),
      area,
      cutByBox: clipped,
      insphere: { x, y, r, touchesBox: insphere.clipped },
    },
    null,
    2,
  );
}
