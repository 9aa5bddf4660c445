import type { Points } from '../compute.ts';

/**
 * Packs the points from `from` to `to − 1` of a batch; a chunk at a time, so that a large batch is never copied as a
 * whole. The result may be a view of the caller's points: read it, but do not transfer it. If it is in 64 bits, round
 * it to 32.
 */
export type PointPacker = (from: number, to: number) => Points;

/** `[n × d]` points as they are. */
export const plainPoints =
  (points: Points, d: number): PointPacker =>
  (from, to) =>
    points.subarray(from * d, to * d);

/** Points with the radius of the covering ball after each, made by `ball` from x, its copy and its index. */
export const pointsWithBalls =
  (
    points: Float64Array,
    d: number,
    ball: (x: Float64Array, copy: Float32Array, i: number) => number,
  ): PointPacker =>
  (from, to) => {
    const packed = new Float32Array((to - from) * (d + 1));
    const room = { x: new Float64Array(d), copy: new Float32Array(d) };
    for (let i = from, at = 0; i < to; i++, at += d + 1) {
      const { x, copy } =
        d < MANY ? copied(points, i * d, room) : viewed(points, i * d, packed, at, d);
      const radius = ball(x, copy, i);
      if (d < MANY) for (let t = 0; t < d; t++) packed[at + t] = copy[t];
      packed[at + d] = radius;
    }
    return packed;
  };

/** From this many coordinates on, creating a view is faster than copying one by one. */
const MANY = 32;

interface Point {
  readonly x: Float64Array;
  readonly copy: Float32Array;
}

function copied(points: Float64Array, from: number, room: Point): Point {
  for (let t = 0; t < room.x.length; t++) {
    room.x[t] = points[from + t];
    room.copy[t] = room.x[t];
  }
  return room;
}

function viewed(
  points: Float64Array,
  from: number,
  packed: Float32Array,
  at: number,
  d: number,
): Point {
  const x = points.subarray(from, from + d);
  const copy = packed.subarray(at, at + d);
  copy.set(x);
  return { x, copy };
}
