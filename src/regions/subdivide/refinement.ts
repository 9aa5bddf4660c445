import type { Model } from '../../model/model.ts';
import type { Box } from '../complex/complex.ts';
import { ExactMaps } from '../exact/exactMaps.ts';
import { ExactVertices } from '../exact/exactVertices.ts';
import { layerOfNeurons } from '../maps/dualOrder.ts';
import { LayerMaps } from '../maps/layerMaps.ts';
import { takeArena } from '../simd/arena.ts';
import { Crossings } from './crossings.ts';
import type { Disc } from './faceLoop.ts';
import type { Mesh } from './mesh.ts';
import { Signs } from './signs.ts';
import { FaceSplitter } from './splitter.ts';

/**
 * Cuts faces of a mesh by neurons of one layer, in steps of a few microseconds: shared by the subdivision of a whole
 * domain and of a piece.
 */
export class Refinement {
  readonly layerOf: Int32Array;
  private readonly mesh: Mesh;
  private readonly maps: LayerMaps;
  private readonly splitter: FaceSplitter;
  private readonly signs: Signs;
  private readonly offsets: readonly number[];
  private layer = 0;
  private order: Int32Array = new Int32Array(0);
  private position = 0;

  /** @param limit number of faces that the mesh may have at most */
  constructor(
    net: Model,
    mesh: Mesh,
    box: Box,
    border: Float64Array,
    limit: number,
    disc: Disc | null,
  ) {
    this.mesh = mesh;
    this.offsets = net.offsets;
    this.layerOf = layerOfNeurons(net);
    this.maps = new LayerMaps(net, box, takeArena(net));
    const exactMaps = new ExactMaps(net, border);
    const vertices = new ExactVertices(mesh, exactMaps);
    this.signs = new Signs(net, mesh, this.maps, exactMaps, vertices);
    const { maps, signs, layerOf, offsets } = this;
    const crossings = new Crossings(mesh, maps, vertices, box, border, layerOf, offsets);
    this.splitter = new FaceSplitter(mesh, maps, signs, crossings, limit, disc);
  }

  /** Whether a cut was left out because the mesh had as many faces as it may have. */
  get full(): boolean {
    return this.splitter.full;
  }

  get exactDecisions(): number {
    return this.signs.exactDecisions;
  }

  /** Fraction of the stage that is done. */
  get progress(): number {
    return this.position / Math.max(1, this.order.length);
  }

  /**
   * Begins to cut the faces in `order`, whose patterns are complete below `layer`, by the neurons `from … to − 1` of
   * that layer.
   */
  start(layer: number, from: number, to: number, order: Int32Array): void {
    this.layer = layer;
    this.order = order;
    this.position = 0;
    const { mesh } = this;
    this.maps.start(layer, mesh.patterns, (order[0] ?? 0) * mesh.words);
    this.signs.startLayer(layer);
    this.splitter.startLayer(layer, this.offsets[layer], from, to);
  }

  /** To be called when there is nothing left to cut. */
  release(): void {
    this.maps.release();
  }

  /** Does one step of the stage; false when it is done, or the mesh is full. */
  step(): boolean {
    if (this.splitter.step()) return true;
    if (this.splitter.full || this.position === this.order.length) return false;
    const { mesh } = this;
    const face = this.order[this.position++];
    this.maps.moveTo(this.layer, mesh.patterns, face * mesh.words);
    this.splitter.begin(face);
    return true;
  }
}
