import { BORDER, type RegionComplex } from '../../src/regions/complex/complex.ts';
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

/**
 * The face that is spoken of: under the pointer, else at the place a person went to; null where there is none, and in a
 * partial picture, whose faces may still be cut.
 */
export function shownFace(s: Pick<State, 'picture' | 'hoverFace' | 'focus'>): number | null {
  const { picture, hoverFace, focus } = s;
  if (!picture?.complex.complete) return null;
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

/** Whether the edge of the view cuts a face: what lies beyond it is not known. */
export function isClipped({ faceStart, halfEdgeNeuron }: RegionComplex, face: number): boolean {
  for (let h = faceStart[face]; h < faceStart[face + 1]; h++)
    if (halfEdgeNeuron[h] <= BORDER) return true;
  return false;
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
  /** Cut by the edge of the view: area and neighbours are what lies in it, and the whole region has at least so much. */
  readonly clipped: boolean;
  /** Activation regions of the linear region around it. */
  readonly linearSize: number;
}

/** The face that each picture was last asked about: inspector, tooltip and screen reader ask about the same one. */
const lastFacts = new WeakMap<Picture, { readonly face: number; readonly facts: RegionFacts }>();

/**
 * Everything that is said of one face, wherever it is said; null for a face that the picture does not have, and in a
 * partial picture, where pattern, map and size may still change.
 */
export function describeRegion(picture: Picture, face: number): RegionFacts | null {
  const { complex } = picture;
  if (!complex.complete || face < 0 || face >= complex.faceCount) return null;
  const last = lastFacts.get(picture);
  if (last?.face === face) return last.facts;
  const facts = factsOf(picture, face);
  lastFacts.set(picture, { face, facts });
  return facts;
}

function factsOf(picture: Picture, face: number): RegionFacts {
  const { complex, linearLabel, net } = picture;
  const { A, b } = affineMap(net, complex, face);
  const around = surroundings(picture, face);
  return {
    pattern: patternLayers(net, complex, face),
    A: Array.from(b, (_, i) => Array.from(A.subarray(2 * i, 2 * i + 2))),
    b: Array.from(b),
    area: faceGeometry(net, complex).area(face),
    neighbours: around.neighbours.length,
    insphere: around.insphere,
    clipped: isClipped(complex, face),
    linearSize: sizesOf(picture)[linearLabel[face]],
  };
}

/** A region as JSON, for the clipboard; what it says has the keys that the command line's `region` gives it. */
export function regionJson({ net, complex }: Picture, face: number, facts: RegionFacts): string {
  const { pattern, A, b, area, clipped, insphere } = facts;
  const { x, y, r } = insphere;
  return JSON.stringify(
    {
      pattern: pattern.map((bits) => Array.from(bits)),
      A,
      b,
      polygon: faceGeometry(net, complex).polygon(face),
      area,
      cutByBox: clipped,
      insphere: { x, y, r, touchesBox: insphere.clipped },
    },
    null,
    2,
  );
}
