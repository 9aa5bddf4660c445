import type { Model } from '../../model/model.ts';
import { dualOrder } from '../maps/dualOrder.ts';
import { checkPlane, type Domain, outline } from '../subdivide/domain.ts';
import { Mesh, type MeshArrays } from '../subdivide/mesh.ts';
import { Refinement } from '../subdivide/refinement.ts';

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

interface Grain {
  /** Neurons by which the common mesh is cut at a time. */
  readonly neurons: number;
  /** Faces of the common mesh for every piece. */
  readonly faces: number;
}

/** Enough faces for pieces of similar size, few enough to take almost no time. */
const GRAIN: Grain = { neurons: 16, faces: 32 };

/**
 * Divides the subdivision of a domain into pieces that `PieceWork` can process independently and `mergeInSteps` merges.
 * A few neurons cut the domain here; the resulting faces, in an order in which neighbours follow each other, are
 * distributed. Null where the network has too few regions for that.
 */
export function splitWork(
  net: Model,
  domain: Domain,
  pieces: number,
  maxRegions: number,
  grain: Grain = GRAIN,
): PieceJob[] | null {
  checkPlane(net);
  const { box, border } = outline(domain);
  const mesh = new Mesh(border, net.passing);
  const refinement = new Refinement(net, mesh, box, border, maxRegions, null);
  const widths = net.widths;
  const enough = grain.faces * pieces;
  const order = () => dualOrder(mesh, refinement.layerOf, widths.length);
  try {
    for (let layer = 0; layer < widths.length; layer++)
      for (let from = 0; from < widths[layer]; from += grain.neurons) {
        if (mesh.faceCount >= enough) {
          const shares = shared(order(), pieces, mesh.faceCount);
          const base = mesh.arrays();
          return shares.map((own) => ({ border, base, own, layer, from, maxRegions }));
        }
        refinement.start(layer, from, Math.min(widths[layer], from + grain.neurons), order());
        while (refinement.step());
        if (refinement.full) return null;
      }
    return null;
  } finally {
    refinement.release();
  }
}

/** The faces of an order, divided into runs of equal length. */
function shared(order: Int32Array, pieces: number, faces: number): Uint8Array[] {
  return Array.from({ length: pieces }, (_, piece) => {
    const own = new Uint8Array(faces);
    const to = Math.floor(((piece + 1) * order.length) / pieces);
    for (let i = Math.floor((piece * order.length) / pieces); i < to; i++) own[order[i]] = 1;
    return own;
  });
}
