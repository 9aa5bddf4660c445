import { InputError } from '../../errors.ts';
import type { Model } from '../../model/model.ts';
import { finish, Sliced, type Steps } from '../../steps.ts';
import type { Box, RegionComplex } from '../complex/complex.ts';
import { checkPlane, type Domain, outline } from './domain.ts';
import type { Disc } from './faceLoop.ts';
import { LayerWalk } from './layerWalk.ts';
import { Mesh } from './mesh.ts';
import { packInSteps } from './pack.ts';
import { Refinement } from './refinement.ts';

/** Options of a subdivision. */
export interface SubdivisionOptions {
  /** The work stops, with `complete` false, when there are so many regions; default 200,000. */
  readonly maxRegions?: number;
  /** Cells that stay clear of this open disc are left uncut, with bits missing. */
  readonly disc?: Disc;
}

/** Regions at which a subdivision stops unless it is told otherwise. */
export const DEFAULT_MAX_REGIONS = 200_000;
/** Regions of random networks per square of the number of neurons, measured. */
const REGIONS_PER_PAIR = 0.28;
/** Faces for which room is allocated initially. */
const MOST_ROOM = 500_000;

/**
 * The cells of a 2-input network on a box or convex polygon.
 *
 * @throws InputError for other networks, and for a domain that is empty, not finite or not convex
 */
export function subdivide(
  net: Model,
  domain: Domain,
  options: SubdivisionOptions = {},
): RegionComplex {
  const work = new Subdivision(net, domain, options);
  work.run(Number.POSITIVE_INFINITY);
  return work.result();
}

/**
 * `subdivide` in slices. Layer by layer, the faces of the mesh are cut by the creases of the next layer, whose
 * pre-activations are affine on each (see `LayerMaps`); the mesh tiles the domain at any moment. On which side of a
 * crease a vertex lies is decided exactly, not by a tolerance: see docs/exactness.md.
 */
export class Subdivision {
  private readonly box: Box;
  private readonly border: Float64Array;
  private readonly mesh: Mesh;
  private readonly refinement: Refinement;
  private readonly walk: LayerWalk;
  private readonly cutting: Sliced<void>;

  constructor(net: Model, domain: Domain, options: SubdivisionOptions = {}) {
    checkPlane(net);
    const { maxRegions = DEFAULT_MAX_REGIONS, disc = null } = options;
    if (!(maxRegions >= 1)) throw new InputError('the limit on regions must be at least 1');
    const { box, border } = outline(domain);
    this.box = box;
    this.border = border;
    const expected = Math.min(maxRegions, net.neurons ** 2 * REGIONS_PER_PAIR, MOST_ROOM);
    this.mesh = new Mesh(border, net.passing, expected);
    this.refinement = new Refinement(net, this.mesh, box, border, maxRegions, disc);
    this.walk = new LayerWalk(net, this.mesh, this.refinement);
    this.cutting = new Sliced(this.walk.inSteps());
  }

  get regionsSoFar(): number {
    return this.mesh.faceCount;
  }

  /** Fraction of the work done, in [0, 1]; deeper layers count for more, because they have more faces to cut. */
  get progress(): number {
    return this.walk.progress;
  }

  /** Number of cells after each hidden layer that is done. */
  get regionsAfterLayer(): readonly number[] {
    return this.walk.facesAfterLayer;
  }

  /** Works for about `budgetMs` milliseconds; true when there is nothing left to do. */
  run(budgetMs: number): boolean {
    return this.cutting.run(budgetMs);
  }

  /** All the work of `run`, in its place. */
  cutInSteps(): Steps<void> {
    return this.walk.inSteps();
  }

  /** The complex so far; while the work is not finished, `complete` is false and later bits are 0. */
  result(): RegionComplex {
    return finish(this.resultInSteps());
  }

  /** `result` with pauses, during which `run` must not be called. */
  resultInSteps(): Steps<RegionComplex> {
    const { mesh, box, border, refinement } = this;
    const complete = this.walk.finished && !refinement.full;
    return packInSteps(mesh, box, border, complete, refinement.exactDecisions);
  }
}
