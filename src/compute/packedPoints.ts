/** Packs the points from `from` to `to − 1` of a batch; a chunk at a time, so that a large batch is never copied whole. */
export type PointPacker = (from: number, to: number) => Float32Array<ArrayBuffer>;

/** `[n × d]` points as they are, in 32 bits. */
export const plainPoints =
  (points: Float64Array, d: number): PointPacker =>
  (from, to) =>
    new Float32Array(points.subarray(from * d, to * d));

/** Points with the two words that the bounds kernel wants after each, made by `ball` from x, its copy and its index. */
export const pointsWithBalls =
  (
    points: Float64Array,
    d: number,
    ball: (x: Float64Array, copy: Float32Array, i: number) => { radius: number; slack: number },
  ): PointPacker =>
  (from, to) => {
    const packed = new Float32Array((to - from) * (d + 2));
    // Views of every point would cost more than all the rest.
    const x = new Float64Array(d);
    const copy = new Float32Array(d);
    for (let i = from, at = 0; i < to; i++) {
      for (let t = 0; t < d; t++) {
        x[t] = points[i * d + t];
        copy[t] = x[t];
      }
      const { radius, slack } = ball(x, copy, i);
      for (let t = 0; t < d; t++) packed[at++] = copy[t];
      packed[at++] = radius;
      packed[at++] = slack;
    }
    return packed;
  };
