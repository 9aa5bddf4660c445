import type { RegionComplex } from './complex.ts';
import { faceOfHalfEdge } from './geometry.ts';

/** Finds the face at a point; remembers the last one, so that nearby questions are quick. */
export interface Locator {
  /** A face whose closure holds the point, or −1 outside the box. */
  locate(x: number, y: number): number;
}

/**
 * Walks from face to face through an edge that has the point on its far side. The edge is looked for from a different
 * corner at every step: among convex faces such a walk cannot be caught in a circle for ever.
 */
export function createLocator(complex: RegionComplex): Locator {
  const { box, faceStart, faceCount, origin, twin, coordinates } = complex;
  const owner = faceOfHalfEdge(complex);
  let face = 0;
  let turn = 1;

  /** Half-edge of the face that has the point strictly on its right, or −1. */
  const wayOut = (x: number, y: number): number => {
    const from = faceStart[face];
    const count = faceStart[face + 1] - from;
    turn = (Math.imul(turn, 1103515245) + 12345) & 0x7fffffff;
    const first = (turn >> 8) % count;
    for (let i = 0; i < count; i++) {
      const k = (first + i) % count;
      const a = 2 * origin[from + k];
      const b = 2 * origin[from + ((k + 1) % count)];
      const cross =
        (coordinates[b] - coordinates[a]) * (y - coordinates[a + 1]) -
        (coordinates[b + 1] - coordinates[a + 1]) * (x - coordinates[a]);
      if (cross < 0 && twin[from + k] >= 0) return from + k;
    }
    return -1;
  };

  return {
    locate(x, y) {
      if (!(x >= box.xMin && x <= box.xMax && y >= box.yMin && y <= box.yMax)) return -1;
      for (let step = 0; step < 4 * faceCount + 100; step++) {
        const out = wayOut(x, y);
        if (out < 0) return face;
        face = owner[twin[out]];
      }
      // Only where rounding makes thin faces contradict each other; any of them is as right as the next.
      return face;
    },
  };
}

/** A face whose closure holds the point, or −1 outside the box. */
export const locate = (complex: RegionComplex, x: number, y: number): number =>
  createLocator(complex).locate(x, y);
