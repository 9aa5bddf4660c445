import type { Model } from '../../model/model.ts';
import { BORDER, type RegionComplex } from '../complex/complex.ts';
import { faceOfHalfEdge } from '../complex/faces.ts';
import { ComplexSigns } from '../exact/complexSigns.ts';
import { UNIT } from '../maps/rounding.ts';

/** Finds the face at a point; starts from the last one, so nearby queries are fast. */
export interface Locator {
  /** A face whose closure holds the point, or −1 outside the domain. */
  locate(x: number, y: number): number;
}

const SLACK = 1 + 2 ** -20;
/** More than a product here can lose by underflow. */
const TINY = 2 ** -1060;

/**
 * Walks from face to face through an edge that has the point on its far side. The search for that edge starts at a
 * different corner at every step, so that among convex faces the walk does not go in circles. Exact: the side of an
 * edge on which the point lies is decided by the rounded ends of the edge where their error bounds allow it, and
 * otherwise by the sign of the edge's pre-activation at the point, in integers. In the last face the point is on the
 * far side of no edge.
 */
export function createLocator(net: Model, complex: RegionComplex): Locator {
  const { box, border, faceStart, faceCount, origin, twin, coordinates, vertexError } = complex;
  const { halfEdgeNeuron, patterns, words } = complex;
  const owner = faceOfHalfEdge(complex);
  const signs = new ComplexSigns(net, complex);
  const n = border.length / 2;
  let last = 0;
  let turn = 1;

  /** 1 where the point certainly lies left of the edge, −1 where right, else 0; the edge goes from vertex p to q. */
  const clearSide = (p: number, q: number, x: number, y: number): number => {
    const dx = coordinates[2 * q] - coordinates[2 * p];
    const dy = coordinates[2 * q + 1] - coordinates[2 * p + 1];
    const ux = x - coordinates[2 * p];
    const uy = y - coordinates[2 * p + 1];
    const e = vertexError[p] + vertexError[q];
    const left = dx * uy;
    const right = dy * ux;
    // Every difference is off by its rounding and by e at most; two products and their difference follow.
    const bound =
      ((Math.abs(dx) + Math.abs(dy) + Math.abs(ux) + Math.abs(uy) + 2 * e) * e +
        8 * UNIT * (Math.abs(left) + Math.abs(right))) *
        SLACK +
      TINY;
    const cross = left - right;
    return cross > bound ? 1 : cross < -bound ? -1 : 0;
  };

  const exactSide = (face: number, h: number, x: number, y: number): number => {
    const line = halfEdgeNeuron[h];
    const sign = signs.signAt(face, line, x, y);
    if (line <= BORDER) return sign;
    return (patterns[face * words + (line >>> 5)] >>> (line & 31)) & 1 ? sign : -sign;
  };

  /** Half-edge of the face that has the point strictly on its far side, or −1. */
  const wayOut = (face: number, x: number, y: number): number => {
    const from = faceStart[face];
    const count = faceStart[face + 1] - from;
    turn = (Math.imul(turn, 1103515245) + 12345) & 0x7fffffff;
    const first = (turn >> 8) % count;
    let unclear = false;
    const side = (k: number) => clearSide(origin[from + k], origin[from + ((k + 1) % count)], x, y);
    for (let i = 0; i < count; i++) {
      const k = (first + i) % count;
      if (twin[from + k] < 0) continue;
      const where = side(k);
      if (where < 0) return from + k;
      if (where === 0) unclear = true;
    }
    if (!unclear) return -1;
    for (let k = 0; k < count; k++)
      if (twin[from + k] >= 0 && side(k) === 0 && exactSide(face, from + k, x, y) < 0)
        return from + k;
    return -1;
  };

  const inDomain = (x: number, y: number): boolean => {
    if (!(x >= box.xMin && x <= box.xMax && y >= box.yMin && y <= box.yMax)) return false;
    // The corners of the domain are the first vertices.
    for (let i = 0; i < n; i++) {
      const where = clearSide(i, (i + 1) % n, x, y);
      if (where < 0 || (where === 0 && signs.signAt(0, BORDER - i, x, y) < 0)) return false;
    }
    return true;
  };

  return {
    locate(x, y) {
      if (!inDomain(x, y)) return -1;
      for (let step = 0; step < faceCount / 4 + 100; step++) {
        const out = wayOut(last, x, y);
        if (out < 0) return last;
        last = owner[twin[out]];
      }
      // A walk this long is going in circles; the faces fill the domain.
      last = 0;
      while (last + 1 < faceCount && wayOut(last, x, y) >= 0) last++;
      return last;
    },
  };
}

/** A face whose closure holds the point, or −1 outside the domain. */
export const locate = (net: Model, complex: RegionComplex, x: number, y: number): number =>
  createLocator(net, complex).locate(x, y);
