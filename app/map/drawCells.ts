import type { RegionComplex } from '../../src/regions/complex.ts';
import type { Projection } from './projection.ts';

/** Adds the outline of one face to the context's path. */
export function traceFace(
  ctx: CanvasRenderingContext2D,
  complex: RegionComplex,
  face: number,
  p: Projection,
): void {
  const { faceStart, origin, coordinates } = complex;
  for (let h = faceStart[face]; h < faceStart[face + 1]; h++) {
    const x = p.px(coordinates[2 * origin[h]]);
    const y = p.py(coordinates[2 * origin[h] + 1]);
    if (h === faceStart[face]) ctx.moveTo(x, y);
    else ctx.lineTo(x, y);
  }
  ctx.closePath();
}

/** Above this many faces the hairlines between them are left to the creases drawn on top. */
const SEAM_LIMIT = 20_000;

/**
 * Fills every face with its colour. Faces of one colour make one path. A thin stroke of the same colour closes the
 * hairline that anti-aliasing leaves between neighbours.
 */
export function drawCells(
  ctx: CanvasRenderingContext2D,
  complex: RegionComplex,
  colours: readonly string[],
  p: Projection,
): void {
  const byColour = new Map<string, number[]>();
  for (let face = 0; face < complex.faceCount; face++) {
    const faces = byColour.get(colours[face]);
    if (faces) faces.push(face);
    else byColour.set(colours[face], [face]);
  }
  ctx.lineWidth = 0.8;
  ctx.lineJoin = 'round';
  for (const [colour, faces] of byColour) {
    ctx.beginPath();
    for (const face of faces) traceFace(ctx, complex, face, p);
    ctx.fillStyle = colour;
    ctx.fill();
    if (complex.faceCount > SEAM_LIMIT) continue;
    ctx.strokeStyle = colour;
    ctx.stroke();
  }
}
