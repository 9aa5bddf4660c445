import type { Polylines } from '../../src/regions/measure/polylines.ts';
import type { Projection } from './projection.ts';

/** The decision boundary: an ink line in a casing of paper, so that it stands out from any colour. */
export function drawBoundary(
  ctx: CanvasRenderingContext2D,
  { lines, starts, closed }: Polylines,
  ink: string,
  paper: string,
  weight: number,
  p: Projection,
): void {
  const path = new Path2D();
  for (let k = 0; k < closed.length; k++) {
    path.moveTo(p.px(lines[2 * starts[k]]), p.py(lines[2 * starts[k] + 1]));
    for (let i = starts[k] + 1; i < starts[k + 1]; i++)
      path.lineTo(p.px(lines[2 * i]), p.py(lines[2 * i + 1]));
    if (closed[k]) path.closePath();
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
