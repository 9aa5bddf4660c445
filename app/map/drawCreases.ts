import type { RegionComplex } from '../../src/regions/complex.ts';
import type { Projection } from './projection.ts';

export interface CreaseStyle {
  readonly ink: string;
  /** First flat neuron index of every layer, N at the end. */
  readonly offsets: readonly number[];
  /** Multiplies the widths, for a large map or a projector. */
  readonly weight: number;
}

const WIDTHS = [1.5, 1.05, 0.75, 0.6, 0.5];
const ALPHAS = [0.85, 0.62, 0.48, 0.4, 0.34];
/** A crease over which the map does not change is no boundary of a linear region: hardly there. */
const FADED = 0.12;

const at = (values: readonly number[], i: number) => values[Math.min(i, values.length - 1)];

function layerOf(offsets: readonly number[], neuron: number): number {
  let layer = 0;
  while (neuron >= offsets[layer + 1]) layer++;
  return layer;
}

/** Draws every crease once, deeper layers thinner and lighter, deepest first. */
export function drawCreases(
  ctx: CanvasRenderingContext2D,
  complex: RegionComplex,
  changes: Uint8Array,
  style: CreaseStyle,
  p: Projection,
): void {
  const layers = style.offsets.length - 1;
  const strong = Array.from({ length: layers }, () => new Path2D());
  const faded = Array.from({ length: layers }, () => new Path2D());
  const { faceStart, origin, twin, halfEdgeNeuron, coordinates } = complex;
  for (let face = 0; face < complex.faceCount; face++) {
    const start = faceStart[face];
    const end = faceStart[face + 1];
    for (let h = start; h < end; h++) {
      if (twin[h] < h) continue;
      const path = (changes[h] ? strong : faded)[layerOf(style.offsets, halfEdgeNeuron[h])];
      const a = 2 * origin[h];
      const b = 2 * origin[h + 1 < end ? h + 1 : start];
      path.moveTo(p.px(coordinates[a]), p.py(coordinates[a + 1]));
      path.lineTo(p.px(coordinates[b]), p.py(coordinates[b + 1]));
    }
  }
  ctx.save();
  ctx.strokeStyle = style.ink;
  ctx.lineCap = 'round';
  for (let layer = layers - 1; layer >= 0; layer--) {
    ctx.lineWidth = at(WIDTHS, layer) * style.weight;
    ctx.globalAlpha = FADED;
    ctx.stroke(faded[layer]);
    ctx.globalAlpha = at(ALPHAS, layer);
    ctx.stroke(strong[layer]);
  }
  ctx.restore();
}

/** Draws all creases of one neuron in the accent colour. */
export function drawNeuron(
  ctx: CanvasRenderingContext2D,
  complex: RegionComplex,
  neuron: number,
  colour: string,
  p: Projection,
): void {
  const { faceStart, origin, twin, halfEdgeNeuron, coordinates } = complex;
  ctx.beginPath();
  for (let face = 0; face < complex.faceCount; face++) {
    const start = faceStart[face];
    const end = faceStart[face + 1];
    for (let h = start; h < end; h++) {
      if (halfEdgeNeuron[h] !== neuron || twin[h] < h) continue;
      const a = 2 * origin[h];
      const b = 2 * origin[h + 1 < end ? h + 1 : start];
      ctx.moveTo(p.px(coordinates[a]), p.py(coordinates[a + 1]));
      ctx.lineTo(p.px(coordinates[b]), p.py(coordinates[b + 1]));
    }
  }
  ctx.strokeStyle = colour;
  ctx.lineWidth = 3;
  ctx.lineCap = 'round';
  ctx.stroke();
}
