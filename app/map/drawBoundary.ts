import type { Projection } from './projection.ts';

/** The decision boundary: an ink line in a casing of paper, so that it stands out from any colour. */
export function drawBoundary(
  ctx: CanvasRenderingContext2D,
  segments: Float64Array,
  ink: string,
  paper: string,
  weight: number,
  p: Projection,
): void {
  const path = new Path2D();
  for (let i = 0; i < segments.length; i += 4) {
    path.moveTo(p.px(segments[i]), p.py(segments[i + 1]));
    path.lineTo(p.px(segments[i + 2]), p.py(segments[i + 3]));
  }
  ctx.lineCap = 'round';
  ctx.lineJoin = 'round';
  ctx.strokeStyle = paper;
  ctx.lineWidth = 5.5 * weight;
  ctx.stroke(path);
  ctx.strokeStyle = ink;
  ctx.lineWidth = 2.5 * weight;
  ctx.stroke(path);
}
