import type { MeshArrays } from '../subdivide/mesh.ts';

/** One piece of a subdivision: the mesh that all pieces share, and which of its faces are to be cut here. */
export interface PieceJob {
  /** `[2 · corners]` of the domain. */
  readonly border: Float64Array;
  readonly base: MeshArrays;
  /** `[faces of the base]` 1 for the faces of this piece. */
  readonly own: Uint8Array;
  /** The faces are complete below this layer, and in its neurons before `from`. */
  readonly layer: number;
  readonly from: number;
  /** Faces that this piece may have at most. */
  readonly maxRegions: number;
}
