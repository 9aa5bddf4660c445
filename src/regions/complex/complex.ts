/** An axis-parallel box [xMin, xMax] × [yMin, yMax] of the input plane. */
export interface Box {
  readonly xMin: number;
  readonly xMax: number;
  readonly yMin: number;
  readonly yMax: number;
}

/** `halfEdgeNeuron` of a half-edge on the border of the domain: BORDER − i on the side from its corner i to the next. */
export const BORDER = -1;

/**
 * The cells of a network on a box or convex polygon: a planar subdivision in flat typed arrays (they cross to another thread
 * without copying). Face f owns the half-edges `faceStart[f] … faceStart[f+1] − 1`, counter-clockwise;
 * half-edge h starts at vertex `origin[h]` and ends where the next one of its face starts. A vertex where creases meet
 * is in the loop of *every* face that touches it, so sides of a face may be collinear and V − E + F = 1 holds directly.
 */
export interface RegionComplex {
  /** The bounding box of the domain. */
  readonly box: Box;
  /** `[2 · corners]`: x, y of the corners of the convex domain, counter-clockwise. */
  readonly border: Float64Array;
  readonly vertexCount: number;
  /** Undirected edges; an edge on the border counts once. */
  readonly edgeCount: number;
  readonly faceCount: number;
  /** `[2 · vertexCount]`: x, y. */
  readonly coordinates: Float64Array;
  /** `[2 · vertexCount]` the two lines that make a vertex: flat index of a neuron, or border code. */
  readonly vertexLines: Int32Array;
  /** `[vertexCount]` a face on whose pattern both lines are affine. */
  readonly vertexFace: Int32Array;
  /** `[vertexCount]` bound of the rounding error of either coordinate. */
  readonly vertexError: Float32Array;
  /** `[faceCount + 1]` */
  readonly faceStart: Uint32Array;
  /** `[halfEdges]` vertex at which each half-edge starts. */
  readonly origin: Uint32Array;
  /** `[halfEdges]` the same edge seen from the other face; −1 on the border. */
  readonly twin: Int32Array;
  /** `[halfEdges]` flat index of the neuron whose crease this is, or ≤ BORDER on the border of the domain. */
  readonly halfEdgeNeuron: Int32Array;
  /** `[faceCount × words]` activation patterns, see `patternWords`. */
  readonly patterns: Uint32Array;
  /** 32-bit words per pattern. */
  readonly words: number;
  /**
   * False when the limit on the number of regions stopped the work: the faces still tile the box, but deeper creases
   * are missing.
   */
  readonly complete: boolean;
  /** Number of signs at vertices that 64-bit numbers left open and exact arithmetic decided. */
  readonly exactDecisions: number;
}
