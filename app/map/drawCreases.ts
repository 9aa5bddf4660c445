import type { RegionComplex } from '../../src/regions/complex/complex.ts';
import { nextHalfEdge } from '../../src/regions/complex/faces.ts';
import type { Polylines } from '../../src/regions/measure/polylines.ts';
import { BOUNDARY_WIDTH, CASING, CREASE_CASING, creaseLook, LIT_WIDTH } from './looks.ts';
import type { Projection } from './projection.ts';
import type { MapTheme } from './theme.ts';

export interface CreaseStyle {
  readonly ink: string;
  /** Colour of the casing that creases have where their ground is not a region colour; null where it is. */
  readonly casing: string | null;
  /** First flat neuron index of every layer, N at the end. */
  readonly offsets: readonly number[];
  /** Multiplies the widths, for a large map or a projector. */
  readonly weight: number;
}

function layerOf(offsets: readonly number[], neuron: number): number {
  let layer = 0;
  while (neuron >= offsets[layer + 1]) layer++;
  return layer;
}

/** Visits every inner edge once, by one of its half-edges, with its ends in pixels. */
function eachCrease(
  complex: RegionComplex,
  p: Projection,
  visit: (h: number, x1: number, y1: number, x2: number, y2: number) => void,
): void {
  const { faceStart, faceCount, origin, twin, coordinates } = complex;
  for (let face = 0; face < faceCount; face++)
    for (let h = faceStart[face]; h < faceStart[face + 1]; h++) {
      // The border has no twin (−1); of two twins the first stands for both.
      if (twin[h] < h) continue;
      const a = 2 * origin[h];
      const b = 2 * origin[nextHalfEdge(complex, h, face)];
      visit(
        h,
        p.px(coordinates[a]),
        p.py(coordinates[a + 1]),
        p.px(coordinates[b]),
        p.py(coordinates[b + 1]),
      );
    }
}

/** Draws every crease once, deeper layers thinner and lighter, deepest first; `changes` is null where it is not known. */
export function drawCreases(
  ctx: CanvasRenderingContext2D,
  complex: RegionComplex,
  changes: Uint8Array | null,
  style: CreaseStyle,
  p: Projection,
): void {
  const layers = style.offsets.length - 1;
  const strong = Array.from({ length: layers }, () => new Path2D());
  const faded = Array.from({ length: layers }, () => new Path2D());
  eachCrease(complex, p, (h, x1, y1, x2, y2) => {
    const neuron = complex.halfEdgeNeuron[h];
    const path = (changes === null || changes[h] ? strong : faded)[layerOf(style.offsets, neuron)];
    path.moveTo(x1, y1);
    path.lineTo(x2, y2);
  });
  ctx.save();
  ctx.lineCap = 'round';
  if (style.casing !== null) {
    ctx.strokeStyle = style.casing;
    ctx.globalAlpha = CREASE_CASING.opacity;
    for (let layer = layers - 1; layer >= 0; layer--) {
      ctx.lineWidth = (creaseLook(layer, true).width + 2 * CREASE_CASING.reach) * style.weight;
      ctx.stroke(strong[layer]);
    }
  }
  ctx.strokeStyle = style.ink;
  for (let layer = layers - 1; layer >= 0; layer--) {
    for (const [path, changing] of [
      [faded[layer], false],
      [strong[layer], true],
    ] as const) {
      const { width, opacity } = creaseLook(layer, changing);
      ctx.lineWidth = width * style.weight;
      ctx.globalAlpha = opacity;
      ctx.stroke(path);
    }
  }
  ctx.restore();
}

interface CreaseIndex {
  /** `[N + 1]` */
  readonly start: Uint32Array;
  /** `[2 · edges]` first and last vertex of the edges, neuron by neuron. */
  readonly ends: Uint32Array;
}

const indices = new WeakMap<RegionComplex, CreaseIndex>();

/** The edges of every neuron, sorted once per complex: the one under the pointer is drawn in every frame. */
function creaseIndex(complex: RegionComplex, neurons: number): CreaseIndex {
  const known = indices.get(complex);
  if (known) return known;
  const { faceStart, faceCount, origin, twin, halfEdgeNeuron } = complex;
  const start = new Uint32Array(neurons + 1);
  for (let h = 0; h < twin.length; h++) if (twin[h] >= h) start[halfEdgeNeuron[h] + 1]++;
  for (let i = 0; i < neurons; i++) start[i + 1] += start[i];
  const next = start.slice();
  const ends = new Uint32Array(2 * start[neurons]);
  for (let face = 0; face < faceCount; face++)
    for (let h = faceStart[face]; h < faceStart[face + 1]; h++) {
      if (twin[h] < h) continue;
      const at = next[halfEdgeNeuron[h]]++;
      ends[2 * at] = origin[h];
      ends[2 * at + 1] = origin[nextHalfEdge(complex, h, face)];
    }
  const index = { start, ends };
  indices.set(complex, index);
  return index;
}

/** Strokes a line in an opaque casing of paper. */
export function strokeCased(
  ctx: CanvasRenderingContext2D,
  path: Path2D,
  colour: string,
  width: number,
  { paper, weight }: Pick<MapTheme, 'paper' | 'weight'>,
): void {
  ctx.lineCap = 'round';
  ctx.lineJoin = 'round';
  ctx.strokeStyle = paper;
  ctx.lineWidth = (width + 2 * CASING.reach) * weight;
  ctx.stroke(path);
  ctx.strokeStyle = colour;
  ctx.lineWidth = width * weight;
  ctx.stroke(path);
}

/** Draws all creases of one of `neurons` neurons in the colour of what is pointed at. */
export function drawNeuron(
  ctx: CanvasRenderingContext2D,
  complex: RegionComplex,
  neuron: number,
  neurons: number,
  theme: MapTheme,
  p: Projection,
): void {
  const { start, ends } = creaseIndex(complex, neurons);
  const { coordinates } = complex;
  const path = new Path2D();
  for (let i = start[neuron]; i < start[neuron + 1]; i++) {
    const [a, b] = [2 * ends[2 * i], 2 * ends[2 * i + 1]];
    path.moveTo(p.px(coordinates[a]), p.py(coordinates[a + 1]));
    path.lineTo(p.px(coordinates[b]), p.py(coordinates[b + 1]));
  }
  strokeCased(ctx, path, theme.lit, LIT_WIDTH, theme);
}

/** The decision boundary: an ink line in a casing of paper, so that it stands out from any colour. */
export function drawBoundary(
  ctx: CanvasRenderingContext2D,
  { lines, starts, closed }: Polylines,
  theme: MapTheme,
  p: Projection,
): void {
  const path = new Path2D();
  for (let k = 0; k < closed.length; k++) {
    path.moveTo(p.px(lines[2 * starts[k]]), p.py(lines[2 * starts[k] + 1]));
    for (let i = starts[k] + 1; i < starts[k + 1]; i++)
      path.lineTo(p.px(lines[2 * i]), p.py(lines[2 * i + 1]));
    if (closed[k]) path.closePath();
  }
  strokeCased(ctx, path, theme.ink, BOUNDARY_WIDTH, theme);
}
