import type { Model } from '../../model/model.ts';
import type { LayerMaps } from '../maps/layerMaps.ts';

/** Switches after which the outputs are summed up again, to wipe out rounding. */
const REFRESH_AFTER = 1024;

/**
 * The affine maps of the outputs for one pattern after another, on top of `LayerMaps` of the last hidden layer, which
 * hold for all faces that one face of the layers before was cut into. From one of these to the next they change by
 * 3 multiply-adds per output and changed bit. Errors are tracked in `maps.rounding`, as for any layer.
 */
export class OutputWalk {
  readonly outputs: number;
  /** `[outputs]`: f(x, y) = a·x + b·y + c. */
  readonly a: Float64Array;
  readonly b: Float64Array;
  readonly c: Float64Array;
  private readonly maps: LayerMaps;
  /** Index of the output layer. */
  private readonly top: number;
  /** `[width]` of the last hidden layer. */
  private readonly slopes: Float64Array;
  private readonly biases: Float64Array;
  /** By neurons: from neuron j to output o is `columns[j * outputs + o]`. */
  private readonly columns: Float64Array;
  /** Flat index of the first neuron of the last hidden layer, and the end of the layer. */
  private readonly from: number;
  private readonly to: number;
  private readonly pattern: Uint32Array;
  private switches = 0;

  constructor(net: Model, maps: LayerMaps) {
    const { layers } = net;
    this.maps = maps;
    this.top = layers.length - 1;
    this.outputs = net.outputs;
    this.a = new Float64Array(this.outputs);
    this.b = new Float64Array(this.outputs);
    this.c = new Float64Array(this.outputs);
    const { inputs, weights, biases } = layers[this.top];
    this.biases = biases;
    this.columns = weights.map(
      (_, k) => weights[(k % this.outputs) * inputs + Math.floor(k / this.outputs)],
    );
    const offsets = net.offsets;
    this.from = this.top > 0 ? offsets[this.top - 1] : 0;
    this.to = offsets[this.top];
    this.slopes = net.slopes.subarray(this.from, this.to);
    this.pattern = new Uint32Array(Math.ceil(this.to / 32));
  }

  /** Sums the outputs up for the pattern from word `at` of `patterns`; `maps` hold its last hidden layer. */
  start(patterns: Uint32Array, at: number): void {
    const { a, b, c, biases, columns, outputs, slopes, pattern, maps, top, from, to } = this;
    for (let w = 0; w < pattern.length; w++) pattern[w] = patterns[at + w];
    this.switches = 0;
    maps.rounding.rebuilt(top);
    if (top === 0) {
      // No hidden layer: the outputs are the weights.
      for (let o = 0; o < outputs; o++) {
        a[o] = columns[o];
        b[o] = columns[outputs + o];
        c[o] = biases[o];
      }
      return;
    }
    const x = maps.a[top - 1];
    const y = maps.b[top - 1];
    const z = maps.c[top - 1];
    for (let o = 0; o < outputs; o++) {
      let sumA = 0;
      let sumB = 0;
      let sumC = biases[o];
      for (let neuron = from, j = 0; neuron < to; neuron++, j++) {
        const on = (pattern[neuron >>> 5] >>> (neuron & 31)) & 1;
        const gain = on === 1 ? 1 : slopes[j];
        if (gain === 0) continue;
        const w = columns[j * outputs + o] * gain;
        sumA += w * x[j];
        sumB += w * y[j];
        sumC += w * z[j];
      }
      a[o] = sumA;
      b[o] = sumB;
      c[o] = sumC;
    }
  }

  /** Moves to a pattern that differs only in the last hidden layer. */
  moveTo(patterns: Uint32Array, at: number): void {
    const { pattern, from } = this;
    if (this.switches > REFRESH_AFTER) {
      this.start(patterns, at);
      return;
    }
    for (let w = from >>> 5; w < pattern.length; w++) {
      let changed = pattern[w] ^ patterns[at + w];
      pattern[w] = patterns[at + w];
      while (changed !== 0) {
        const bit = 31 - Math.clz32(changed & -changed);
        changed &= changed - 1;
        this.flip(32 * w + bit - from, (pattern[w] >>> bit) & 1);
      }
    }
  }

  private flip(j: number, on: number): void {
    const { a, b, c, columns, outputs, maps, top } = this;
    const slope = this.slopes[j];
    const step = on === 1 ? 1 - slope : slope - 1;
    const da = step * maps.a[top - 1][j];
    const db = step * maps.b[top - 1][j];
    const dc = step * maps.c[top - 1][j];
    for (let o = 0; o < outputs; o++) {
      const w = columns[j * outputs + o];
      a[o] += w * da;
      b[o] += w * db;
      c[o] += w * dc;
    }
    this.switches++;
    maps.rounding.flipped(top - 1, top);
  }
}
