/** Lines through points of the plane, one after another in flat arrays. */
export interface Polylines {
  /** `[2 · points]`: x, y. */
  readonly lines: Float64Array;
  /** `[lines + 1]`: the first point of each, and the number of points. */
  readonly starts: Uint32Array;
  /** `[lines]`: 1 where the last point is joined to the first, which is not repeated. */
  readonly closed: Uint8Array;
  /** Of all lines together. */
  readonly length: number;
}

/**
 * Chains segments into lines, each segment in one of them. Lines end at nodes where an odd number of segments meet;
 * those that are left are closed.
 *
 * @param segments `[2 · segments]` nodes at the two ends
 * @param coordinates `[2 · nodes]`
 */
export function chained(segments: ArrayLike<number>, coordinates: ArrayLike<number>): Polylines {
  const count = segments.length / 2;
  const nodes = coordinates.length / 2;
  // Ends of segments by node: end e belongs to segment e >> 1, whose other end is e ^ 1.
  const start = new Uint32Array(nodes + 1);
  for (let e = 0; e < 2 * count; e++) start[segments[e] + 1]++;
  for (let i = 0; i < nodes; i++) start[i + 1] += start[i];
  const place = start.slice(0, nodes);
  const ends = new Uint32Array(2 * count);
  for (let e = 0; e < 2 * count; e++) ends[place[segments[e]]++] = e;
  const used = new Uint8Array(count);
  const next = start.slice(0, nodes);
  const lines: number[] = [];
  const starts: number[] = [0];
  const closed: number[] = [];
  let length = 0;

  const wayOn = (node: number): number => {
    while (next[node] < start[node + 1]) {
      const e = ends[next[node]];
      if (!used[e >> 1]) return e;
      next[node]++;
    }
    return -1;
  };

  const follow = (first: number, open: boolean) => {
    let node = first;
    let e = wayOn(node);
    lines.push(coordinates[2 * node], coordinates[2 * node + 1]);
    while (e >= 0) {
      used[e >> 1] = 1;
      const to = segments[e ^ 1];
      const [x, y] = [coordinates[2 * to], coordinates[2 * to + 1]];
      length += Math.hypot(x - coordinates[2 * node], y - coordinates[2 * node + 1]);
      node = to;
      if (node === first && !open) break;
      lines.push(x, y);
      e = wayOn(node);
    }
    closed.push(open ? 0 : 1);
    starts.push(lines.length / 2);
  };

  for (let node = 0; node < nodes; node++)
    if ((start[node + 1] - start[node]) % 2 === 1 && wayOn(node) >= 0) follow(node, true);
  for (let node = 0; node < nodes; node++) while (wayOn(node) >= 0) follow(node, false);
  return {
    lines: Float64Array.from(lines),
    starts: Uint32Array.from(starts),
    closed: Uint8Array.from(closed),
    length,
  };
}
