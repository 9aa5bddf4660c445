import { InputError } from '../../errors.ts';
import { type Model, withMaps } from '../../model/model.ts';
import { Sliced, type Steps } from '../../steps.ts';
import type { Box, RegionComplex } from '../complex/complex.ts';
import { faceOfHalfEdge } from '../complex/faces.ts';
import { outputMapsInSteps } from '../linear/outputMaps.ts';
import { MapComparison } from '../linear/sameMap.ts';
import { UnionFind } from '../linear/unionFind.ts';
import type { Disc } from '../subdivide/faceLoop.ts';
import { Subdivision } from '../subdivide/subdivide.ts';
import { DiscReach } from './discReach.ts';
import { switchingNeurons } from './switching.ts';

/** What meets an open disc. */
export interface DiscRegions {
  /** Activation regions that meet the open disc. */
  readonly activationRegions: number;
  /**
   * Linear regions, merged only along edges that meet the open disc themselves; null where `complete` is false, because
   * faces that are not fully cut have no affine map to compare.
   */
  readonly linearRegions: number | null;
  /** `[N]`: 1 where the pre-activation takes both strict signs in the open disc, and the slope is not 1. */
  readonly switching: Uint8Array;
  /** False when the limit on regions was reached: there may be more regions, and more neurons that switch. */
  readonly complete: boolean;
  /** Decisions that 64-bit numbers left open and integers made. */
  readonly exactDecisions: number;
}

/** The work stops, with `complete` false, when there are `maxRegions` regions; default 200,000. */
export interface DiscOptions {
  readonly maxRegions?: number;
}

/** Beyond radii of 2^±PLAIN the work is done in units of the radius, where that rounds nothing. */
const PLAIN = 64;
/** Biases in units of the radius must be within 2^±FITS for that. */
const FITS = 400;
const EDGES_PER_STEP = 1024;
const COMPARISONS_PER_STEP = 64;

/**
 * Exact counts for the open disc of radius r around (x, y), 64-bit numbers all three: a region meets it when its
 * closure comes nearer to the centre than r, so that tangency does not count. No tolerance decides anything.
 *
 * @throws InputError for a centre that is not finite, a radius that is not finite and positive, a network without
 *   two inputs, and where numbers leave the range of 64 bits
 */
export const discRegions = (
  net: Model,
  x: number,
  y: number,
  r: number,
  options: DiscOptions = {},
): DiscRegions => new DiscCount(net, x, y, r, options).result();

/** `discRegions` in slices: `run(budgetMs)` until it returns true, then `result()`. */
export class DiscCount extends Sliced<DiscRegions> {
  readonly #subdivision: Subdivision;

  constructor(net: Model, x: number, y: number, r: number, options: DiscOptions = {}) {
    if (!Number.isFinite(x) || !Number.isFinite(y))
      throw new InputError('the centre of the disc must be made of finite numbers');
    if (!(r > 0 && r < Number.POSITIVE_INFINITY))
      throw new InputError('the radius of the disc must be a finite number greater than 0');
    const given = inUnits(net, { x, y, r });
    const box = boxAround(given.disc);
    if (!Number.isFinite(box.xMax - box.xMin) || !Number.isFinite(box.yMax - box.yMin))
      throw new InputError('the disc reaches beyond the largest 64-bit number');
    const { disc } = given;
    const subdivision = new Subdivision(given.net, box, { ...options, disc });
    super(counting(given.net, disc, subdivision));
    this.#subdivision = subdivision;
  }

  /** In the square around the disc, as far as they are cut. */
  get regionsSoFar(): number {
    return this.#subdivision.regionsSoFar;
  }
}

function* counting(net: Model, disc: Disc, subdivision: Subdivision): Steps<DiscRegions> {
  yield* subdivision.cutInSteps();
  const complex = yield* subdivision.resultInSteps();
  yield;
  const owner = faceOfHalfEdge(complex);
  yield;
  const { complete } = complex;
  const reach = new DiscReach(net, complex, disc);
  const { edges, meets, count } = yield* meeting(complex, reach, owner);
  let exactDecisions = complex.exactDecisions + reach.exactDecisions;
  // If no edge meets the disc, which is inside the box, the disc lies in one region.
  if (count === 0) {
    const switching = new Uint8Array(net.neurons);
    const linearRegions = complete ? 1 : null;
    return { activationRegions: 1, linearRegions, switching, complete, exactDecisions };
  }
  if (!complete) {
    const switching = yield* switchingNeurons(net, complex, meets, owner);
    return { activationRegions: count, linearRegions: null, switching, complete, exactDecisions };
  }
  const maps = yield* outputMapsInSteps(net, complex);
  const comparison = new MapComparison(net, complex, maps);
  const glued = new UnionFind(complex.faceCount);
  let pairs = 0;
  let compared = 0;
  for (const h of edges) {
    const f = owner[h];
    const g = owner[complex.twin[h]];
    if (glued.find(f) === glued.find(g)) continue;
    const exact = comparison.exactDecisions;
    const same = comparison.same(f, g);
    if (++compared % COMPARISONS_PER_STEP === 0 || comparison.exactDecisions > exact) yield;
    if (!same) continue;
    glued.join(f, g);
    pairs++;
  }
  exactDecisions += comparison.exactDecisions;
  const switching = yield* switchingNeurons(net, complex, meets, owner);
  return {
    activationRegions: count,
    linearRegions: count - pairs,
    switching,
    complete,
    exactDecisions,
  };
}

/**
 * The edges that meet the open disc, one half-edge of each, and the faces. The box contains the disc, so no edge of the
 * border meets it; and a face that meets the disc without containing it has an edge that meets it.
 */
function* meeting(
  complex: RegionComplex,
  reach: DiscReach,
  owner: Uint32Array,
): Steps<{ edges: number[]; meets: Uint8Array; count: number }> {
  const { twin, origin, faceCount } = complex;
  const edges: number[] = [];
  const meets = new Uint8Array(faceCount);
  for (let h = 0; h < twin.length; h++) {
    if (h % EDGES_PER_STEP === 0) yield;
    const t = twin[h];
    if (t < h) continue;
    const exact = reach.exactDecisions;
    const near = reach.edge(owner[h], h, origin[h], origin[t]);
    if (reach.exactDecisions > exact) yield;
    if (!near) continue;
    edges.push(h);
    meets[owner[h]] = 1;
    meets[owner[t]] = 1;
  }
  let count = 0;
  for (const met of meets) count += met;
  return { edges, meets, count };
}

/** The box around a disc, rounded outwards: it contains the disc in exact arithmetic. */
function boxAround({ x, y, r }: Disc): Box {
  return {
    xMin: -sumAbove(-x, r),
    xMax: sumAbove(x, r),
    yMin: -sumAbove(-y, r),
    yMax: sumAbove(y, r),
  };
}

const number = new Float64Array(1);
const bits = new BigInt64Array(number.buffer);

/** A 64-bit number that is not below a + b; the error of a sum is a 64-bit number, and computed as one. */
function sumAbove(a: number, b: number): number {
  const sum = a + b;
  const part = sum - a;
  const lost = a - (sum - part) + (b - part);
  if (lost <= 0) return sum;
  number[0] = sum;
  // Of a positive number the next one has the next bits, of a negative one those before; 0 is exact, and not here.
  bits[0] += sum > 0 ? 1n : -1n;
  return number[0];
}

/** value · 2^power, also where 2^power alone is out of range. */
function timesPower(value: number, power: number): number {
  const half = Math.trunc(power / 2);
  return value * 2 ** half * 2 ** (power - half);
}

/**
 * Network and disc in units of the radius, f(2^unit · u) / 2^unit, where that keeps numbers in the range in which
 * 64-bit arithmetic decides most: σ is positively homogeneous, so only the biases change. Not scaled where a power of
 * two would round something; integers then decide more.
 */
function inUnits(net: Model, disc: Disc): { net: Model; disc: Disc } {
  const unit = Math.floor(Math.log2(disc.r));
  if (Math.abs(unit) <= PLAIN) return { net, disc };
  const [x, y, r] = [disc.x, disc.y, disc.r].map((value) => timesPower(value, -unit));
  const fits = (b: number) => b === 0 || Math.abs(Math.log2(Math.abs(b)) - unit) <= FITS;
  const exact =
    timesPower(x, unit) === disc.x &&
    timesPower(y, unit) === disc.y &&
    net.layers.every(({ biases }) => biases.every(fits));
  if (!exact) return { net, disc };
  const layers = net.layers.map((layer) => ({
    ...layer,
    biases: layer.biases.map((b) => timesPower(b, -unit)),
  }));
  return { net: withMaps(net, layers), disc: { x, y, r } };
}
