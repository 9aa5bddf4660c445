import { InputError } from '../errors.ts';
import { hiddenLayers, type Network, neuronOffsets, patternWords } from '../network/network.ts';
import type { Box, RegionComplex } from './complex.ts';
import { Crossings } from './crossings.ts';
import { checkPlane, type Domain, outline } from './domain.ts';
import { dualOrder, layerOfNeurons } from './dualOrder.ts';
import { ExactMaps } from './exact/exactMaps.ts';
import { ExactVertices } from './exact/exactVertices.ts';
import { LayerMaps } from './layerMaps.ts';
import { Mesh } from './mesh.ts';
import { packMesh } from './pack.ts';
import { Signs } from './signs.ts';
import { type Disc, FaceSplitter } from './splitter.ts';

export interface SubdivisionOptions {
  /** The work stops, with `complete` false, when there are so many regions; default 200,000. */
  readonly maxRegions?: number;
  /** Cells that stay clear of this open disc are left uncut, with bits missing. */
  readonly disc?: Disc;
}

export const DEFAULT_MAX_REGIONS = 200_000;
/** Steps between two looks at the clock; a step takes a few microseconds. */
const STEPS_PER_LOOK = 64;

/**
 * The cells of a 2-input network on a box or convex polygon.
 *
 * @throws InputError for other networks, and for a domain that is empty, not finite or not convex
 */
export function subdivide(
  net: Network,
  domain: Domain,
  options: SubdivisionOptions = {},
): RegionComplex {
  const work = new Subdivision(net, domain, options);
  work.run(Number.POSITIVE_INFINITY);
  return work.result();
}

/**
 * `subdivide` in slices. Layer by layer, the faces of the mesh are cut by the creases of the next layer, whose
 * pre-activations are affine on each (see `LayerMaps`); the mesh tiles the domain at any moment. Which side of a crease
 * a vertex lies on is decided by the numbers the weights are, not by a tolerance: see docs/exactness.md.
 */
export class Subdivision {
  private readonly box: Box;
  private readonly border: Float64Array;
  private readonly mesh: Mesh;
  private readonly maps: LayerMaps;
  private readonly splitter: FaceSplitter;
  private readonly signs: Signs;
  private readonly offsets: readonly number[];
  private readonly layerOf: Int32Array;
  private readonly layers: number;
  private layer = -1;
  private order: Int32Array = new Int32Array(0);
  private position = 0;
  private finished = false;
  private readonly counts: number[] = [];

  constructor(net: Network, domain: Domain, options: SubdivisionOptions = {}) {
    checkPlane(net);
    const { maxRegions = DEFAULT_MAX_REGIONS, disc = null } = options;
    if (!(maxRegions >= 1)) throw new InputError('the limit on regions must be at least 1');
    const { box, border } = outline(domain);
    this.box = box;
    this.border = border;
    this.layers = hiddenLayers(net).length;
    this.offsets = neuronOffsets(net);
    this.layerOf = layerOfNeurons(net);
    this.mesh = new Mesh(border, patternWords(net));
    this.maps = new LayerMaps(net, box);
    const exactMaps = new ExactMaps(net, border);
    const vertices = new ExactVertices(this.mesh, exactMaps);
    this.signs = new Signs(net, this.mesh, this.maps, exactMaps, vertices);
    const { mesh, maps, signs, layerOf, offsets } = this;
    const crossings = new Crossings(mesh, maps, vertices, box, border, layerOf, offsets);
    this.splitter = new FaceSplitter(mesh, maps, signs, crossings, maxRegions, disc);
  }

  get regionsSoFar(): number {
    return this.mesh.faceCount;
  }

  /** Fraction of the work done, in [0, 1]; deeper layers count for more, because they have more faces to cut. */
  get progress(): number {
    if (this.finished) return 1;
    if (this.layer < 0) return 0;
    const done = this.layer + this.position / Math.max(1, this.order.length);
    return Math.min(1, (done * (done + 1)) / (this.layers * (this.layers + 1)));
  }

  /** Number of cells after each hidden layer that is done. */
  get regionsAfterLayer(): readonly number[] {
    return this.counts;
  }

  /** Goes on for about `budgetMs` milliseconds; true when there is nothing left to do. */
  run(budgetMs: number): boolean {
    const until = performance.now() + budgetMs;
    while (!this.finished) {
      for (let i = 0; i < STEPS_PER_LOOK && !this.finished; i++) this.step();
      if (performance.now() >= until) break;
    }
    return this.finished;
  }

  /** The complex as it stands; where the work is not finished, `complete` is false and later bits are 0. */
  result(): RegionComplex {
    return packMesh(
      this.mesh,
      this.box,
      this.border,
      this.finished && !this.splitter.full,
      this.signs.exactDecisions,
    );
  }

  private step(): void {
    if (this.splitter.step()) return;
    if (this.splitter.full) {
      this.finished = true;
      return;
    }
    if (this.position === this.order.length) {
      this.startLayer();
      return;
    }
    const face = this.order[this.position++];
    this.maps.moveTo(this.layer, this.mesh.patterns, face * this.mesh.words);
    this.splitter.begin(face);
  }

  private startLayer(): void {
    if (this.layer >= 0) this.counts.push(this.mesh.faceCount);
    if (++this.layer >= this.layers) {
      this.finished = true;
      return;
    }
    this.order = dualOrder(this.mesh, this.layerOf, this.layers);
    this.position = 0;
    this.maps.start(this.layer, this.mesh.patterns, 0);
    this.signs.startLayer(this.layer);
    this.splitter.startLayer(this.layer, this.offsets[this.layer]);
  }
}
