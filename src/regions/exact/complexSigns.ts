import type { Model } from '../../model/model.ts';
import type { RegionComplex } from '../complex/complex.ts';
import { LayerMaps } from '../maps/layerMaps.ts';
import { dyadics, signOf } from './dyadic.ts';
import { ExactMaps } from './exactMaps.ts';
import { ExactVertices } from './exactVertices.ts';

/**
 * Exact signs of the pre-activations and outputs of a network on a finished complex. Maps have the ids of its lines:
 * flat index of a neuron or border code; outputs are numbered after the neurons.
 */
export class ComplexSigns {
  /** Signs that integers had to decide. */
  exactDecisions = 0;
  readonly lines: ExactMaps;
  readonly vertices: ExactVertices;
  private readonly net: Model;
  private readonly complex: RegionComplex;
  private readonly offsets: readonly number[];
  /** Created on first use. */
  private maps: LayerMaps | null = null;

  constructor(net: Model, complex: RegionComplex) {
    this.net = net;
    this.complex = complex;
    this.offsets = net.offsets;
    this.lines = new ExactMaps(net, complex.border);
    this.vertices = new ExactVertices(complex, this.lines);
  }

  /**
   * Sign of neuron or output `id` at vertex v of the face: by 64-bit numbers where their bound allows, else by integers.
   * Fast when consecutive queries are about the same or neighbouring faces.
   */
  sign(face: number, id: number, v: number): -1 | 0 | 1 {
    const { complex, offsets, net } = this;
    const top = net.layers.length - 1;
    if (this.maps === null) {
      this.maps = new LayerMaps(net, complex.box);
      this.maps.start(top, complex.patterns, face * complex.words);
    }
    const { maps } = this;
    maps.moveTo(top, complex.patterns, face * complex.words);
    let layer = 0;
    while (layer < top && id >= offsets[layer + 1]) layer++;
    const j = id - offsets[layer];
    const a = maps.a[layer][j];
    const b = maps.b[layer][j];
    const z =
      a * complex.coordinates[2 * v] + b * complex.coordinates[2 * v + 1] + maps.c[layer][j];
    const near =
      maps.rounding.near(layer)[j] + (Math.abs(a) + Math.abs(b)) * complex.vertexError[v];
    return z > near ? 1 : z < -near ? -1 : this.exactSign(face, id, v);
  }

  /** The same by integers only, for callers with their own bounds. */
  exactSign(face: number, id: number, v: number): -1 | 0 | 1 {
    const { vertexLines, patterns, words } = this.complex;
    // A pre-activation is continuous: it is zero at the vertices of its crease, whichever face asks.
    if (vertexLines[2 * v] === id || vertexLines[2 * v + 1] === id) return 0;
    this.exactDecisions++;
    return this.vertices.sign(this.lines.line(id, patterns, face * words), v);
  }

  /** Sign at the point (x, y), in the face or not, of the affine map that line `id` is on the face. */
  signAt(face: number, id: number, x: number, y: number): -1 | 0 | 1 {
    const { patterns, words } = this.complex;
    this.exactDecisions++;
    const { a, b, c } = this.lines.line(id, patterns, face * words);
    const { mantissas, exponent } = dyadics([x, y]);
    const up = BigInt(Math.max(0, exponent));
    const down = BigInt(Math.max(0, -exponent));
    return signOf(((a * mantissas[0] + b * mantissas[1]) << up) + (c << down));
  }
}
