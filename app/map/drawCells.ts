import { regionColour } from '../../src/export/regionColours.ts';
import type { RegionComplex } from '../../src/regions/complex/complex.ts';
import type { Projection } from './projection.ts';

/** Adds the outline of one face to a path. */
export function traceFace(
  ctx: CanvasPath,
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

const colourCache = new WeakMap<RegionComplex, { dark: boolean; faces: Map<string, number[]> }>();

function facesByColour(complex: RegionComplex, dark: boolean): Map<string, number[]> {
  const cached = colourCache.get(complex);
  if (cached?.dark === dark) return cached.faces;
  const { patterns, words, faceCount } = complex;
  const faces = new Map<string, number[]>();
  for (let face = 0; face < faceCount; face++) {
    const colour = regionColour(patterns, dark, face * words, words);
    const same = faces.get(colour);
    if (same) same.push(face);
    else faces.set(colour, [face]);
  }
  colourCache.set(complex, { dark, faces });
  return faces;
}

/**
 * Fills every face with its colour. Faces of one colour make one path. A thin stroke of the same colour closes the
 * hairline that anti-aliasing leaves between neighbours.
 */
export function drawCells(
  ctx: CanvasRenderingContext2D,
  complex: RegionComplex,
  dark: boolean,
  p: Projection,
): void {
  ctx.lineWidth = 0.8;
  ctx.lineJoin = 'round';
  for (const [colour, faces] of facesByColour(complex, dark)) {
    ctx.beginPath();
    for (const face of faces) traceFace(ctx, complex, face, p);
    ctx.fillStyle = colour;
    ctx.fill();
    ctx.strokeStyle = colour;
    ctx.stroke();
  }
}
