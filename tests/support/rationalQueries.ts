import { at, type Point, type RationalRegions } from './rationalEnumerator.ts';

type Segment = readonly [Point, Point];

const minus = (p: Point, q: Point): Point => [p[0].minus(q[0]), p[1].minus(q[1])];

/** Segments on which an output is zero, in pieces between vertices, and the number of cells on which it is throughout. */
export function rationalBoundary(
  { cells, outputs, sides }: RationalRegions,
  output: number,
): { segments: Segment[]; zeroCells: number } {
  const segments: Segment[] = [];
  const zero = cells.map(({ corners }, i) => {
    const line = outputs[i][output];
    const values = corners.map((p) => at(line, p));
    const signs = values.map((v) => v.sign);
    if (signs.includes(1) && signs.includes(-1)) {
      const ends: Point[] = [];
      corners.forEach((p, k) => {
        const q = corners[(k + 1) % corners.length];
        const [zp, zq] = [values[k], values[(k + 1) % corners.length]];
        if (zp.sign === 0) ends.push(p);
        if (zp.sign * zq.sign >= 0) return;
        const t = zp.over(zp.minus(zq));
        const [dx, dy] = minus(q, p);
        ends.push([p[0].plus(t.times(dx)), p[1].plus(t.times(dy))]);
      });
      segments.push([ends[0], ends[1]]);
    }
    return signs.every((sign) => sign === 0);
  });
  for (const { ends, cells: owners } of sides)
    if (
      owners.some((i) => !zero[i]) &&
      ends.every((p) => at(outputs[owners[0]][output], p).sign === 0)
    )
      segments.push([...ends]);
  return { segments, zeroCells: zero.filter(Boolean).length };
}
