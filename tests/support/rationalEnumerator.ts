import type { Model } from '../../src/model/model.ts';
import type { Domain } from '../../src/regions/subdivide/domain.ts';
import { Fraction } from './fraction.ts';

/** a·x + b·y + c */
export type Affine = readonly [Fraction, Fraction, Fraction];
export type Point = readonly [Fraction, Fraction];

interface Cell {
  readonly corners: readonly Point[];
  /** Post-activations of the last layer done. */
  readonly maps: readonly Affine[];
  readonly bits: string;
  /** The sign of every neuron in the inside of the cell: +, − or 0; + for one with slope 1, whatever its sign. */
  readonly signs: string;
}

/** A piece of the sides of cells between neighbouring vertices. */
interface Side {
  readonly ends: readonly [Point, Point];
  /** One on the border, else two. */
  readonly cells: readonly number[];
}

export interface RationalRegions {
  readonly cells: readonly Cell[];
  /** `[cells][outputs]` */
  readonly outputs: readonly (readonly Affine[])[];
  readonly sides: readonly Side[];
  /** The cells' patterns as strings of 0 and 1 in the order of the neurons, sorted. */
  readonly patterns: readonly string[];
  readonly vertices: number;
  readonly points: readonly Point[];
  readonly edges: number;
  /** Activation regions glued along edges across which no output changes its map. */
  readonly linearRegions: number;
}

const ZERO = new Fraction(0n);
const ONE = new Fraction(1n);

export const at = ([a, b, c]: Affine, [x, y]: Point): Fraction =>
  a.times(x).plus(b.times(y)).plus(c);

/** The part of a polygon where `line` is ≥ 0 (`side` 1) or ≤ 0 (`side` −1); fewer than three corners where there is none. */
function clip(corners: readonly Point[], line: Affine, side: 1 | -1): Point[] {
  const kept: Point[] = [];
  corners.forEach((p, i) => {
    const q = corners[(i + 1) % corners.length];
    const zp = at(line, p);
    const zq = at(line, q);
    if (zp.sign * side >= 0) kept.push(p);
    if (zp.sign * zq.sign < 0) {
      const t = zp.over(zp.minus(zq));
      kept.push([p[0].plus(t.times(q[0].minus(p[0]))), p[1].plus(t.times(q[1].minus(p[1])))]);
    }
  });
  return kept;
}

function cornersOf(domain: Domain): Point[] {
  if ('polygon' in domain)
    return domain.polygon.map(([x, y]): Point => [Fraction.of(x), Fraction.of(y)]);
  const [left, right, low, high] = [domain.xMin, domain.xMax, domain.yMin, domain.yMax].map(
    Fraction.of,
  );
  return [
    [left, low],
    [right, low],
    [right, high],
    [left, high],
  ];
}

/** Composes every row of a layer with the maps below it. */
export function compose(
  weights: ArrayLike<number>,
  biases: ArrayLike<number>,
  maps: readonly Affine[],
): Affine[] {
  return Array.from(biases, (bias, j) => {
    const sum = [ZERO, ZERO, Fraction.of(bias)];
    maps.forEach((map, i) => {
      const w = Fraction.of(weights[j * maps.length + i]);
      if (w.sign !== 0) for (let k = 0; k < 3; k++) sum[k] = sum[k].plus(w.times(map[k]));
    });
    return [sum[0], sum[1], sum[2]];
  });
}

/**
 * The regions of a 2-input network on a box, or on a polygon given counter-clockwise, one cell after the other in rational arithmetic: slow, and written for
 * the eye. A neuron that is nowhere positive on a cell has bit 0, also where it is zero throughout; one with slope 1 has
 * no crease, and bit 1 everywhere.
 */
export function rationalRegions(net: Model, domain: Domain): RationalRegions {
  const plane: Affine[] = [
    [ONE, ZERO, ZERO],
    [ZERO, ONE, ZERO],
  ];
  const rim = cornersOf(domain);
  let cells: Cell[] = [{ corners: rim, maps: plane, bits: '', signs: '' }];
  for (const { weights, biases, slopes } of net.layers.slice(0, -1)) {
    const factors = Array.from(slopes, Fraction.of);
    cells = cells.flatMap((cell) => {
      const z = compose(weights, biases, cell.maps);
      let parts = [{ corners: cell.corners, found: '' }];
      for (const [j, line] of z.entries())
        parts = parts.flatMap(({ corners, found }) => {
          if (slopes[j] === 1) return [{ corners, found: `${found}+` }];
          const signs = corners.map((p) => at(line, p).sign);
          const positive = signs.includes(1);
          const negative = signs.includes(-1);
          if (!positive || !negative)
            return [{ corners, found: found + (positive ? '+' : negative ? '-' : '0') }];
          return [
            { corners: clip(corners, line, 1), found: `${found}+` },
            { corners: clip(corners, line, -1), found: `${found}-` },
          ];
        });
      return parts.map(({ corners, found }) => ({
        corners,
        signs: cell.signs + found,
        bits: cell.bits + found.replace(/./g, (sign) => (sign === '+' ? '1' : '0')),
        maps: z.map(
          ([a, b, c], j): Affine =>
            found[j] === '+'
              ? [a, b, c]
              : [a.times(factors[j]), b.times(factors[j]), c.times(factors[j])],
        ),
      }));
    });
  }
  const last = net.layers[net.layers.length - 1];
  const outputs = cells.map((cell) => compose(last.weights, last.biases, cell.maps));
  const names = outputs.map((maps) => maps.join(';'));
  const { points, sides } = skeleton(cells, rim);
  const group = cells.map((_, i) => i);
  const leader = (i: number): number => (group[i] === i ? i : leader(group[i]));
  for (const {
    cells: [f, g],
  } of sides)
    if (g !== undefined && names[f] === names[g]) group[leader(f)] = leader(g);
  return {
    cells,
    outputs,
    sides,
    patterns: cells.map((cell) => cell.bits).sort(),
    vertices: points.length,
    points,
    edges: sides.length,
    linearRegions: group.filter((g, i) => g === i).length,
  };
}

/** Cut to 80 binary places first: numerator and denominator alone may be beyond 64-bit numbers. */
const approximate = (point: Point): [number, number] => {
  const [x, y] = point.map(({ n, d }) => Number((n << 80n) / d) / 2 ** 80);
  return [x, y];
};

/** All corners, and the sides of all cells cut at every corner that lies on them. */
function skeleton(cells: readonly Cell[], rim: readonly Point[]) {
  const points = new Map<string, Point>();
  for (const { corners } of cells) for (const p of corners) points.set(p.join(), p);
  const all = [...points].map(([name, p]) => ({ name, p, near: approximate(p) }));
  const corners = rim.map(approximate);
  const x0 = Math.min(...corners.map(([x]) => x));
  const x1 = Math.max(...corners.map(([x]) => x));
  const y0 = Math.min(...corners.map(([, y]) => y));
  const y1 = Math.max(...corners.map(([, y]) => y));
  // Only spares exact tests of points that are nowhere near a side.
  const margin = 1e-6 * (x1 - x0 + y1 - y0) + 1e-12 * (Math.abs(x0) + Math.abs(y0));
  const owners = new Map<string, { ends: [Point, Point]; cells: number[] }>();
  cells.forEach(({ corners }, face) => {
    corners.forEach((p, i) => {
      const q = corners[(i + 1) % corners.length];
      const [px, py] = approximate(p);
      const [qx, qy] = approximate(q);
      const along: Affine = [q[0].minus(p[0]), q[1].minus(p[1]), ZERO];
      const across: Affine = [p[1].minus(q[1]), q[0].minus(p[0]), ZERO];
      const start = at(along, p);
      const length = at(along, q).minus(start);
      const level = at(across, p);
      const on = all
        .filter(
          ({ near: [x, y] }) =>
            x > Math.min(px, qx) - margin &&
            x < Math.max(px, qx) + margin &&
            y > Math.min(py, qy) - margin &&
            y < Math.max(py, qy) + margin,
        )
        .filter((point) => at(across, point.p).equals(level))
        .map((point) => ({ ...point, t: at(along, point.p).minus(start).over(length) }))
        .filter(({ t }) => t.sign >= 0 && t.minus(ONE).sign <= 0)
        .sort((a, b) => a.t.minus(b.t).sign);
      for (let k = 0; k + 1 < on.length; k++) {
        const key = [on[k].name, on[k + 1].name].sort().join(' – ');
        const side = owners.get(key) ?? { ends: [on[k].p, on[k + 1].p], cells: [] };
        side.cells.push(face);
        owners.set(key, side);
      }
    });
  });
  return { points: [...points.values()], sides: [...owners.values()] };
}
