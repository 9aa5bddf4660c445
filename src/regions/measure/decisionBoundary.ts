import { InputError } from '../../errors.ts';
import type { Model } from '../../model/model.ts';
import { finish, ROUNDS_PER_STEP, type Steps } from '../../steps.ts';
import type { RegionComplex } from '../complex/complex.ts';
import { faceOfHalfEdge, nextHalfEdge } from '../complex/faces.ts';
import { ComplexSigns } from '../exact/complexSigns.ts';
import { type OutputMaps, outputMaps } from '../linear/outputMaps.ts';
import { chained, type Polylines } from './polylines.ts';

/** Where an output is zero. */
export interface DecisionBoundary extends Polylines {
  /** Faces on which it is zero throughout: areas, whose boundary inside the domain is in `lines`. */
  readonly zeroFaces: Uint32Array;
  /** Signs of the output at vertices that 64-bit numbers could not tell, and integers did. */
  readonly exactDecisions: number;
}

const UNKNOWN = 2;
/** Where the values at the ends of an edge differ by less than this many errors, integers place the point. */
const POOR = 2 ** 12;

/**
 * The lines on which an output is zero, chained: closed, or from end to end. They end at the border of the domain, in
 * its inside only where the output turns away from zero, or where three lines meet.
 *
 * The exact signs of the output at the vertices, and continuity, decide where the lines run: a face with both
 * strict signs is crossed once; an edge with zeros at both ends is part of the lines, except for those between two faces
 * of zeros and those of such a face on the border. A single point at which the output touches zero is no line. Only
 * coordinates and length are rounded. A complex that is not complete has no lines, because the output is not affine
 * on its faces.
 *
 * @param maps `outputMaps(net, complex)`, if the caller already has them
 * @param output which one; needed where there are several
 * @throws InputError for a network with several outputs, when none is chosen, and for an output that does not exist
 */
export const decisionBoundary = (
  net: Model,
  complex: RegionComplex,
  maps: OutputMaps = outputMaps(net, complex),
  output?: number,
): DecisionBoundary => finish(decisionBoundaryInSteps(net, complex, maps, output));

/** `decisionBoundary` with pauses. */
export function* decisionBoundaryInSteps(
  net: Model,
  complex: RegionComplex,
  maps: OutputMaps,
  output?: number,
): Steps<DecisionBoundary> {
  const outputs = net.outputs;
  if (output === undefined && outputs !== 1)
    throw new InputError(
      `the decision boundary needs a network with 1 output, this one has ${outputs}`,
    );
  const o = output ?? 0;
  if (!(Number.isInteger(o) && o >= 0 && o < outputs))
    throw new InputError(`there is no output ${o}: the network has ${outputs}`);
  const work = new BoundaryTrace(net, complex, maps, o);
  if (complex.complete) yield* work.trace();
  return work.result();
}

class BoundaryTrace {
  private readonly complex: RegionComplex;
  private readonly maps: Float64Array;
  private readonly outputs: number;
  private readonly output: number;
  private readonly error: number;
  private readonly signs: ComplexSigns;
  /** The output among the maps of `signs`. */
  private readonly id: number;
  /** `[vertices]` */
  private readonly sign: Int8Array;
  /** Bits of the neurons with a weight to the output; null where it may be other than zero when they are off. */
  private readonly feeds: Uint32Array | null;
  private readonly zeroFaces: number[] = [];
  /** Nodes of the lines by vertex, or by number of vertices + half-edge. */
  private readonly nodes = new Map<number, number>();
  private readonly coordinates: number[] = [];
  private readonly segments: number[] = [];
  // The map of the current face.
  private a = 0;
  private b = 0;
  private c = 0;

  constructor(net: Model, complex: RegionComplex, maps: OutputMaps, output: number) {
    this.complex = complex;
    this.maps = maps.maps;
    this.outputs = maps.outputs;
    this.output = output;
    this.error = maps.error[output];
    this.signs = new ComplexSigns(net, complex);
    this.id = net.neurons + output;
    this.sign = new Int8Array(complex.vertexCount).fill(UNKNOWN);
    this.feeds = feeding(net, complex.words, output);
  }

  *trace(): Steps<void> {
    yield* this.findSigns();
    const { sign } = this;
    const { faceCount, faceStart, origin } = this.complex;
    const zeroEdges: number[] = [];
    for (let face = 0; face < faceCount; face++) {
      if (face % ROUNDS_PER_STEP === 0) yield;
      const [from, to] = [faceStart[face], faceStart[face + 1]];
      let positive = false;
      let negative = false;
      let zeros = 0;
      for (let h = from; h < to; h++) {
        const s = sign[origin[h]];
        if (s > 0) positive = true;
        else if (s < 0) negative = true;
        else zeros++;
      }
      if (positive && negative) this.cross(face);
      else if (zeros === to - from) this.zeroFaces.push(face);
      else if (zeros > 1)
        for (let h = from; h < to; h++)
          if (sign[origin[h]] === 0 && sign[this.end(h, face)] === 0) zeroEdges.push(h, face);
    }
    this.addEdges(zeroEdges);
  }

  result(): DecisionBoundary {
    return {
      ...chained(this.segments, this.coordinates),
      zeroFaces: Uint32Array.from(this.zeroFaces),
      exactDecisions: this.signs.exactDecisions,
    };
  }

  /** By the maps of all faces around a vertex before integers are used. */
  private *findSigns(): Steps<void> {
    const { sign, error } = this;
    const { faceCount, faceStart, origin, coordinates, vertexError } = this.complex;
    let unclear = sign.length;
    for (let face = 0; face < faceCount; face++) {
      if (face % ROUNDS_PER_STEP === 0) yield;
      this.load(face);
      const { a, b, c } = this;
      const slant = Math.abs(a) + Math.abs(b);
      for (let h = faceStart[face]; h < faceStart[face + 1]; h++) {
        const v = origin[h];
        if (sign[v] !== UNKNOWN) continue;
        const value = a * coordinates[2 * v] + b * coordinates[2 * v + 1] + c;
        const near = error + slant * vertexError[v];
        if (value > near) sign[v] = 1;
        else if (value < -near) sign[v] = -1;
        else continue;
        unclear--;
      }
    }
    for (let face = 0; face < faceCount && unclear > 0; face++) {
      if (face % ROUNDS_PER_STEP === 0) yield;
      for (let h = faceStart[face]; h < faceStart[face + 1]; h++) {
        const v = origin[h];
        if (sign[v] !== UNKNOWN) continue;
        unclear--;
        if (this.silent(face)) {
          sign[v] = 0;
          continue;
        }
        sign[v] = this.signs.exactSign(face, this.id, v);
        yield;
      }
    }
  }

  /** Whether no neuron that is on reaches the output, which has no bias: as where a network is dead, on many faces. */
  private silent(face: number): boolean {
    const { patterns, words } = this.complex;
    return this.feeds?.every((mask, w) => (patterns[face * words + w] & mask) === 0) ?? false;
  }

  private load(face: number): void {
    const at = 3 * (face * this.outputs + this.output);
    this.a = this.maps[at];
    this.b = this.maps[at + 1];
    this.c = this.maps[at + 2];
  }

  private end(h: number, face: number): number {
    return this.complex.origin[nextHalfEdge(this.complex, h, face)];
  }

  /** The segment across a face with both strict signs: it meets the rim twice, at a vertex or within an edge. */
  private cross(face: number): void {
    const { sign, complex, segments } = this;
    this.load(face);
    for (let h = complex.faceStart[face]; h < complex.faceStart[face + 1]; h++) {
      const p = complex.origin[h];
      const q = this.end(h, face);
      if (sign[p] === 0) segments.push(this.vertexNode(p));
      else if (sign[p] * sign[q] < 0) segments.push(this.edgeNode(face, h, p, q));
    }
  }

  /** Edges of zeros, each with its face, which is no face of zeros. */
  private addEdges(edges: readonly number[]): void {
    if (edges.length === 0) return;
    const { twin, origin } = this.complex;
    const owner = faceOfHalfEdge(this.complex);
    const zero = new Set(this.zeroFaces);
    for (let i = 0; i < edges.length; i += 2) {
      const [h, face] = [edges[i], edges[i + 1]];
      // From one side, where both faces list it.
      if (twin[h] >= 0 && twin[h] < h && !zero.has(owner[twin[h]])) continue;
      this.segments.push(this.vertexNode(origin[h]), this.vertexNode(this.end(h, face)));
    }
  }

  private vertexNode(v: number): number {
    const { coordinates } = this.complex;
    return this.nodes.get(v) ?? this.newNode(v, coordinates[2 * v], coordinates[2 * v + 1]);
  }

  private edgeNode(face: number, h: number, p: number, q: number): number {
    const { vertexCount, twin, coordinates, vertexError, halfEdgeNeuron } = this.complex;
    const key = vertexCount + (twin[h] >= 0 ? Math.min(h, twin[h]) : h);
    const known = this.nodes.get(key);
    if (known !== undefined) return known;
    const [px, py] = [coordinates[2 * p], coordinates[2 * p + 1]];
    const [qx, qy] = [coordinates[2 * q], coordinates[2 * q + 1]];
    const from = this.a * px + this.b * py + this.c;
    const to = this.a * qx + this.b * qy + this.c;
    const slant = Math.abs(this.a) + Math.abs(this.b);
    const near = POOR * (this.error + slant * Math.max(vertexError[p], vertexError[q]));
    if (!(Math.abs(from - to) > near)) {
      const [x, y] = this.signs.vertices.coordinates(face, halfEdgeNeuron[h], this.id);
      return this.newNode(key, x, y);
    }
    // Signs and a quotient: a product of tiny values, or a difference of huge ones, leaves the range.
    const t = Math.min(1, Math.max(0, 1 / (1 - to / from)));
    return this.newNode(key, px + t * (qx - px), py + t * (qy - py));
  }

  private newNode(key: number, x: number, y: number): number {
    const node = this.nodes.size;
    this.nodes.set(key, node);
    this.coordinates.push(x, y);
    return node;
  }
}

function feeding(net: Model, words: number, output: number): Uint32Array | null {
  const { inputs, weights, biases } = net.layers[net.layers.length - 1];
  if (biases[output] !== 0 || net.layers.length === 1) return null;
  const feeds = new Uint32Array(words);
  const first = net.neurons - inputs;
  for (let i = 0; i < inputs; i++) {
    if (weights[output * inputs + i] === 0) continue;
    if (net.slopes[first + i] !== 0) return null;
    feeds[(first + i) >>> 5] |= 1 << ((first + i) & 31);
  }
  return feeds;
}
