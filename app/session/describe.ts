import { linearRegionSizes } from '../../src/regions/linear/linearRegions.ts';
import { faceGeometry } from '../../src/regions/measure/faceGeometry.ts';
import type { Insphere } from '../../src/regions/measure/insphere.ts';
import {
  type RegionFacts,
  regionFacts,
  regionRecord,
} from '../../src/regions/measure/regionFacts.ts';
import { createLocator, type Locator } from '../../src/regions/query/locate.ts';
import type { Picture, State } from './state.ts';

const locators = new WeakMap<Picture, Locator>();

/** The face at a point of the plane, or −1 outside the picture. */
export function faceAt(picture: Picture, x: number, y: number): number {
  const locator = locators.get(picture) ?? createLocator(picture.net, picture.complex);
  locators.set(picture, locator);
  return locator.locate(x, y);
}

/**
 * The face that is spoken of: the pinned one, else the one under the pointer, else the one at the place a person went to;
 * null where there is none, and in a partial picture, whose faces may still be cut.
 */
export function shownFace(s: Pick<State, 'picture' | 'hoverFace' | 'focus'>): number | null {
  const { picture, hoverFace, focus } = s;
  if (!picture?.complex.complete) return null;
  if (hoverFace !== null && !focus?.pinned)
    return hoverFace < picture.complex.faceCount ? hoverFace : null;
  const face = focus ? faceAt(picture, focus.x, focus.y) : -1;
  return face < 0 ? null : face;
}

/** The largest circle that fits into a face. */
export const insphereOf = ({ net, complex }: Picture, face: number): Insphere =>
  faceGeometry(net, complex).insphere(face);

const linearSizes = new WeakMap<Int32Array, Uint32Array>();

/** Number of activation regions of every linear region; counted once per picture. */
function sizesOf({ linearLabel, linearCount }: Picture): Uint32Array {
  const sizes =
    linearSizes.get(linearLabel) ?? linearRegionSizes({ count: linearCount, label: linearLabel });
  linearSizes.set(linearLabel, sizes);
  return sizes;
}

export interface DescribedRegion extends RegionFacts {
  /** Activation regions of the linear region around it. */
  readonly linearSize: number;
}

/** The face that each picture was last asked about: inspector, tooltip and screen reader ask about the same one. */
const lastFacts = new WeakMap<
  Picture,
  { readonly face: number; readonly facts: DescribedRegion }
>();

/**
 * Everything that is said of one face, wherever it is said; null for a face that the picture does not have, and in a
 * partial picture, where pattern, map and size may still change.
 */
export function describeRegion(picture: Picture, face: number): DescribedRegion | null {
  const { complex, linearLabel, net } = picture;
  if (!complex.complete || face < 0 || face >= complex.faceCount) return null;
  const last = lastFacts.get(picture);
  if (last?.face === face) return last.facts;
  const linearSize = sizesOf(picture)[linearLabel[face]];
  const facts = { ...regionFacts(net, complex, face), linearSize };
  lastFacts.set(picture, { face, facts });
  return facts;
}

/** A region for the clipboard. */
export const regionJson = (facts: RegionFacts): string =>
  JSON.stringify(regionRecord(facts), null, 2);
