import type { Model } from '../../model/model.ts';
import type { ExactMaps } from '../exact/exactMaps.ts';
import type { ExactVertices } from '../exact/exactVertices.ts';
import type { LayerMaps } from '../maps/layerMaps.ts';
import type { Mesh } from './mesh.ts';

/** Signs cached at a time. */
const REMEMBERED = 65_536;

/**
 * Decides on which side of a crease a vertex lies, or that it lies on it, where the rounding bounds leave that open. A
 * vertex lies on the lines that define it; otherwise exact arithmetic decides. A pre-activation is continuous, so the
 * sign is that of vertex and neuron, whichever face asks.
 */
export class Signs {
  /** Signs that were found by exact arithmetic. */
  exactDecisions = 0;
  private readonly mesh: Mesh;
  private readonly maps: LayerMaps;
  private readonly exactMaps: ExactMaps;
  private readonly exactVertices: ExactVertices;
  private readonly offsets: readonly number[];
  private readonly neurons: number;
  private layer = 0;
  /** By vertex · neurons + neuron. */
  private readonly remembered = new Map<number, -1 | 0 | 1>();

  constructor(
    net: Model,
    mesh: Mesh,
    maps: LayerMaps,
    exactMaps: ExactMaps,
    exactVertices: ExactVertices,
  ) {
    this.mesh = mesh;
    this.maps = maps;
    this.exactMaps = exactMaps;
    this.exactVertices = exactVertices;
    this.offsets = net.offsets;
    this.neurons = net.neurons;
  }

  startLayer(layer: number): void {
    this.layer = layer;
    this.remembered.clear();
  }

  /** Sign of neuron j of the present layer at a vertex of the face, where z was computed from its affine map. */
  decide(face: number, vertex: number, j: number, z: number): -1 | 0 | 1 {
    const { mesh, maps, layer, remembered } = this;
    const { vertexLines } = mesh;
    const neuron = this.offsets[layer] + j;
    if (vertexLines[2 * vertex] === neuron || vertexLines[2 * vertex + 1] === neuron) return 0;
    const near =
      maps.rounding.near(layer)[j] +
      (Math.abs(maps.a[layer][j]) + Math.abs(maps.b[layer][j])) * mesh.vertexError[vertex];
    if (z > near) return 1;
    if (z < -near) return -1;
    const key = vertex * this.neurons + neuron;
    let sign = remembered.get(key);
    if (sign === undefined) {
      if (remembered.size >= REMEMBERED) remembered.clear();
      const line = this.exactMaps.line(neuron, mesh.patterns, face * mesh.words);
      sign = this.exactVertices.sign(line, vertex);
      remembered.set(key, sign);
      this.exactDecisions++;
    }
    return sign;
  }
}
