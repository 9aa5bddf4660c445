import type { Model } from '../../model/model.ts';
import { finish, ROUNDS_PER_STEP, Sliced, type Steps } from '../../steps.ts';
import { boxAround } from '../subdivide/domain.ts';
import { LayerWalk } from '../subdivide/layerWalk.ts';
import { Mesh } from '../subdivide/mesh.ts';
import { Refinement } from '../subdivide/refinement.ts';
import type { PieceJob } from './split.ts';

/** The faces of one piece after cutting; numbers are those of the piece's own mesh, which begins like the base. */
export interface PieceResult {
  readonly vertexCount: number;
  /** `[2 · new vertices]`; those of the base are known. */
  readonly coordinates: Float64Array;
  readonly vertexLines: Int32Array;
  readonly vertexFace: Int32Array;
  readonly vertexError: Float64Array;
  /** `[faces]`: the faces of the piece, ascending: first those of the base, then the new ones. */
  readonly faces: Int32Array;
  /** `[faces + 1]` */
  readonly faceStart: Uint32Array;
  /** `[halfEdges]`, face by face. */
  readonly origin: Int32Array;
  /** `[halfEdges]`: place of the twin in these arrays, −1 on the border and on a seam. */
  readonly twin: Int32Array;
  readonly line: Int32Array;
  /** `[faces × words]` */
  readonly patterns: Uint32Array;
  /** Half-edges of the base between a face of the piece and one of another, ascending. */
  readonly seams: Int32Array;
  /** `[seams + 1]` */
  readonly seamStart: Uint32Array;
  /** The half-edges into which each seam was divided, in its direction. */
  readonly seamHalfEdges: Int32Array;
  readonly complete: boolean;
  readonly exactDecisions: number;
}

/** Cuts the faces of one piece by all remaining neurons, in slices. */
export class PieceWork {
  private readonly job: PieceJob;
  private readonly mesh: Mesh;
  private readonly refinement: Refinement;
  private readonly walk: LayerWalk;
  private readonly cutting: Sliced<void>;
  private readonly foreign: number;

  constructor(net: Model, job: PieceJob) {
    this.job = job;
    this.mesh = Mesh.from(job.base);
    this.foreign = job.own.reduce((sum, own) => sum + 1 - own, 0);
    const limit = job.maxRegions + this.foreign;
    this.refinement = new Refinement(
      net,
      this.mesh,
      boxAround(job.border),
      job.border,
      limit,
      null,
    );
    this.walk = new LayerWalk(net, this.mesh, this.refinement, job);
    this.cutting = new Sliced(this.walk.inSteps());
  }

  get regionsSoFar(): number {
    return this.mesh.faceCount - this.foreign;
  }

  /** Works for about `budgetMs` milliseconds; true when there is nothing left to do. */
  run(budgetMs: number): boolean {
    return this.cutting.run(budgetMs);
  }

  /** All the work of `run`, in its place. */
  cutInSteps(): Steps<void> {
    return this.walk.inSteps();
  }

  result(): PieceResult {
    return finish(this.resultInSteps());
  }

  /** `result` with pauses. */
  *resultInSteps(): Steps<PieceResult> {
    const { mesh, job, refinement } = this;
    const { base, own } = job;
    const { words } = mesh;
    const faces = this.ownFaces();
    const place = new Int32Array(mesh.halfEdgeCount).fill(-1);
    const faceStart = new Uint32Array(faces.length + 1);
    const loops = new Int32Array(mesh.halfEdgeCount);
    const patterns = new Uint32Array(faces.length * words);
    let to = 0;
    for (let i = 0; i < faces.length; i++) {
      if (i % ROUNDS_PER_STEP === 0) yield;
      const face = faces[i];
      faceStart[i] = to;
      let h = mesh.first[face];
      do {
        place[h] = to;
        loops[to++] = h;
        h = mesh.next[h];
      } while (h !== mesh.first[face]);
      for (let w = 0; w < words; w++) patterns[i * words + w] = mesh.patterns[face * words + w];
    }
    faceStart[faces.length] = to;
    const halfEdges = loops.subarray(0, to);
    const v = base.vertexCount;
    yield;
    const origin = halfEdges.map((h) => mesh.origin[h]);
    yield;
    const twin = halfEdges.map((h) => (mesh.twin[h] < 0 ? -1 : place[mesh.twin[h]]));
    yield;
    const line = halfEdges.map((h) => mesh.line[h]);
    yield;
    return {
      vertexCount: mesh.vertexCount - v,
      coordinates: mesh.coordinates.slice(2 * v, 2 * mesh.vertexCount),
      vertexLines: mesh.vertexLines.slice(2 * v, 2 * mesh.vertexCount),
      vertexFace: mesh.vertexFace.slice(v, mesh.vertexCount),
      vertexError: mesh.vertexError.slice(v, mesh.vertexCount),
      faces,
      faceStart,
      origin,
      twin,
      line,
      patterns,
      ...seamsOf(mesh, job, own, place),
      complete: this.walk.finished && !refinement.full,
      exactDecisions: refinement.exactDecisions,
    };
  }

  private ownFaces(): Int32Array {
    const { own, base } = this.job;
    const faces = new Int32Array(this.regionsSoFar);
    let count = 0;
    for (let face = 0; face < base.faceCount; face++) if (own[face]) faces[count++] = face;
    for (let face = base.faceCount; face < this.mesh.faceCount; face++) faces[count++] = face;
    return faces;
  }
}

/**
 * Vertices inserted in a seam are in the loop of the other piece's face too, which is otherwise unchanged: what follows
 * its half-edge there, up to the one that followed it in the base, are the parts of the seam, against its direction.
 */
function seamsOf(mesh: Mesh, { base }: PieceJob, own: Uint8Array, place: Int32Array) {
  const faceOf = new Int32Array(base.halfEdgeCount);
  for (let face = 0; face < base.faceCount; face++) {
    let h = base.first[face];
    do {
      faceOf[h] = face;
      h = base.next[h];
    } while (h !== base.first[face]);
  }
  const seams: number[] = [];
  const seamStart: number[] = [0];
  const seamHalfEdges: number[] = [];
  for (let h = 0; h < base.halfEdgeCount; h++) {
    const t = base.twin[h];
    if (t < 0 || !own[faceOf[h]] || own[faceOf[t]]) continue;
    const parts: number[] = [];
    for (let k = t; k !== base.next[t]; k = mesh.next[k]) parts.push(place[mesh.twin[k]]);
    seams.push(h);
    seamHalfEdges.push(...parts.reverse());
    seamStart.push(seamHalfEdges.length);
  }
  return {
    seams: Int32Array.from(seams),
    seamStart: Uint32Array.from(seamStart),
    seamHalfEdges: Int32Array.from(seamHalfEdges),
  };
}
