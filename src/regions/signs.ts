import { hiddenLayers, type Layer, type Network, neuronOffsets } from '../network/network.ts';
import type { Box } from './complex.ts';
import { magnitudes } from './magnitudes.ts';
import type { Mesh } from './mesh.ts';

/**
 * A pre-activation that clears this fraction of its scale has the sign that the face's affine map gives it; the
 * map, updated at most about a thousand times, is good to some 1e-14 of the scale.
 */
const NEAR = 1e-11;
/** A recomputed pre-activation within this fraction of the magnitudes that entered it is zero. */
const ZERO = 1e-13;
/** Vertices whose forward pass is remembered at a time. */
const REMEMBERED = 4096;

/**
 * The one place where a vertex is declared left of, right of, or on a crease. Far from the crease the affine map
 * of a face decides; near it, the answer depends on vertex and neuron alone, so that all faces around a vertex
 * agree: a vertex lies on the lines that make it by construction, whatever rounding says, and else the forward
 * pass at the vertex decides (pre-activations are continuous across creases).
 */
export class Signs {
  /** `[layers][width]` |z| above which the affine map of a face decides. */
  readonly near: readonly Float64Array[];
  private readonly mesh: Mesh;
  private readonly layers: readonly Layer[];
  private readonly slope: number;
  private readonly offsets: readonly number[];
  /** Largest coordinate in the box. */
  private readonly reach: number;
  private layer = 0;
  /** Signs of the present layer's neurons at vertices, from a forward pass. */
  private readonly remembered = new Map<number, Int8Array>();

  constructor(net: Network, box: Box, mesh: Mesh) {
    this.mesh = mesh;
    this.layers = hiddenLayers(net);
    this.slope = net.negativeSlope;
    this.offsets = neuronOffsets(net);
    this.reach = Math.max(...[box.xMin, box.xMax, box.yMin, box.yMax].map(Math.abs));
    this.near = magnitudes(net, box).map((scale) => scale.map((m) => NEAR * m));
  }

  startLayer(layer: number): void {
    this.layer = layer;
    this.remembered.clear();
  }

  /** Sign of neuron j of the present layer at a vertex close to its crease. */
  classifyNear(vertex: number, j: number): number {
    const { vertexLines } = this.mesh;
    const neuron = this.offsets[this.layer] + j;
    if (vertexLines[2 * vertex] === neuron || vertexLines[2 * vertex + 1] === neuron) return 0;
    let signs = this.remembered.get(vertex);
    if (signs === undefined) {
      if (this.remembered.size >= REMEMBERED) this.remembered.clear();
      const { coordinates } = this.mesh;
      signs = this.forwardSigns(coordinates[2 * vertex], coordinates[2 * vertex + 1]);
      this.remembered.set(vertex, signs);
    }
    return signs[j];
  }

  /**
   * Error scales ride along with the values: the magnitudes that enter a sum, and the scales of its terms as if
   * their errors were independent. The coordinates of a vertex carry the rounding of the edge it was put in, so
   * near the origin too their scale is that of the box.
   */
  private forwardSigns(x: number, y: number): Int8Array {
    let h = Float64Array.of(x, y);
    let scale = Float64Array.of(this.reach, this.reach);
    for (let l = 0; ; l++) {
      const { inputs, outputs, weights, biases } = this.layers[l];
      const z = new Float64Array(outputs);
      const entered = new Float64Array(outputs);
      for (let j = 0; j < outputs; j++) {
        let sum = biases[j];
        let magnitude = Math.abs(sum);
        let squares = 0;
        for (let i = 0; i < inputs; i++) {
          const w = weights[j * inputs + i];
          sum += w * h[i];
          magnitude += Math.abs(w * h[i]);
          squares += (w * scale[i]) ** 2;
        }
        z[j] = sum;
        entered[j] = Math.sqrt(magnitude * magnitude + squares);
      }
      if (l === this.layer)
        return Int8Array.from(z, (v, j) => (Math.abs(v) <= ZERO * entered[j] ? 0 : v > 0 ? 1 : -1));
      for (let j = 0; j < outputs; j++)
        if (!(z[j] > 0)) {
          z[j] *= this.slope;
          // A neuron that is off passes no error on, but one that is off by rounding alone does.
          if (-z[j] > ZERO * entered[j] || this.slope > 0) entered[j] *= this.slope;
        }
      h = z;
      scale = entered;
    }
  }
}
