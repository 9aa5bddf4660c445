import type { RegionComplex } from '../../src/regions/complex/complex.ts';
import type { Insphere } from '../../src/regions/measure/insphere.ts';
import { traceFace } from './drawCells.ts';
import { strokeCased } from './drawCreases.ts';
import { INSPHERE_WIDTH, OUTLINE_WIDTH } from './looks.ts';
import type { Projection } from './projection.ts';
import type { MapTheme } from './theme.ts';

export interface RegionMarks {
  readonly face: number;
  /** Faces across an edge, each once. */
  readonly neighbours: readonly number[];
  readonly insphere: Insphere;
}

/** Below this radius, in pixels, the insphere is its centre. */
const SMALLEST_RING = 3;

/** The outline of a region. */
export function drawOutline(
  ctx: CanvasRenderingContext2D,
  complex: RegionComplex,
  face: number,
  theme: MapTheme,
  p: Projection,
): void {
  const outline = new Path2D();
  traceFace(outline, complex, face, p);
  strokeCased(ctx, outline, theme.lit, OUTLINE_WIDTH, theme);
}

/** A region that is pointed at: its neighbours tinted, itself outlined, the largest circle inside it. */
export function drawRegion(
  ctx: CanvasRenderingContext2D,
  complex: RegionComplex,
  { face, neighbours, insphere }: RegionMarks,
  theme: MapTheme,
  p: Projection,
): void {
  const { lit, paper, ink, weight } = theme;
  ctx.save();
  ctx.lineJoin = 'round';
  ctx.beginPath();
  for (const other of neighbours) traceFace(ctx, complex, other, p);
  ctx.fillStyle = lit;
  ctx.strokeStyle = lit;
  ctx.globalAlpha = 0.16;
  ctx.fill();
  ctx.globalAlpha = 0.5;
  ctx.lineWidth = weight;
  ctx.stroke();

  ctx.globalAlpha = 1;
  drawOutline(ctx, complex, face, theme, p);

  const [x, y] = [p.px(insphere.x), p.py(insphere.y)];
  const r = insphere.r * p.scale;
  // A circle far larger than the map has no arc that a canvas draws well; the edge it would show is not its rim.
  if (r > SMALLEST_RING && r < 8 * Math.max(p.width, p.height)) {
    const ring = new Path2D();
    ring.arc(x, y, r, 0, 2 * Math.PI);
    ctx.setLineDash([4 * weight, 3 * weight]);
    strokeCased(ctx, ring, ink, INSPHERE_WIDTH, theme);
    ctx.setLineDash([]);
  }
  ctx.beginPath();
  ctx.arc(x, y, 2.2 * weight, 0, 2 * Math.PI);
  ctx.fillStyle = ink;
  ctx.strokeStyle = paper;
  ctx.lineWidth = weight;
  ctx.stroke();
  ctx.fill();
  ctx.restore();
}
