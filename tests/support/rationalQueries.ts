import type { Model } from '../../src/model/model.ts';
import { Fraction } from './fraction.ts';
import { at, type Point, type RationalRegions } from './rationalEnumerator.ts';

const ZERO = new Fraction(0n);
const ONE = new Fraction(1n);

type Segment = readonly [Point, Point];

const less = (p: Fraction, q: Fraction): boolean => p.minus(q).sign < 0;
const dot = (p: Point, q: Point): Fraction => p[0].times(q[0]).plus(p[1].times(q[1]));
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

/** Squared distance of a point from a segment. */
function distance2(c: Point, [p, q]: Segment): Fraction {
  const d = minus(q, p);
  const along = dot(minus(c, p), d).over(dot(d, d));
  const t = along.sign < 0 ? ZERO : less(ONE, along) ? ONE : along;
  const off = minus(c, [p[0].plus(t.times(d[0])), p[1].plus(t.times(d[1]))]);
  return dot(off, off);
}

/** What a disc meets, of regions whose domain holds it. */
export function rationalDisc(
  { cells, outputs, sides }: RationalRegions,
  disc: { readonly x: number; readonly y: number; readonly r: number },
) {
  const centre: Point = [Fraction.of(disc.x), Fraction.of(disc.y)];
  const r2 = Fraction.of(disc.r).times(Fraction.of(disc.r));
  const meets = cells.map(({ corners }) => {
    const pairs = corners.map((p, k): Segment => [p, corners[(k + 1) % corners.length]]);
    const inside = pairs.every(([p, q]) => {
      const [dx, dy] = minus(q, p);
      const [ux, uy] = minus(centre, p);
      return dx.times(uy).minus(dy.times(ux)).sign >= 0;
    });
    return inside || pairs.some((pair) => less(distance2(centre, pair), r2));
  });
  const group = cells.map((_, i) => i);
  const leader = (i: number): number => (group[i] === i ? i : leader(group[i]));
  for (const {
    ends,
    cells: [f, g],
  } of sides)
    if (
      g !== undefined &&
      outputs[f].join(';') === outputs[g].join(';') &&
      less(distance2(centre, ends), r2)
    )
      group[leader(f)] = leader(g);
  const met = cells.filter((_, i) => meets[i]);
  return {
    activationRegions: met.length,
    linearRegions: new Set(group.flatMap((_, i) => (meets[i] ? [leader(i)] : []))).size,
    switching: Array.from(cells[0].signs, (_, i) =>
      ['+', '-'].every((sign) => met.some(({ signs }) => signs[i] === sign)) ? 1 : 0,
    ),
  };
}

/** A stretch of a line, from one parameter to another, in one cell. */
interface Stretch {
  readonly cell: number;
  readonly from: Fraction;
  readonly to: Fraction;
}

/**
 * The pieces of the segment from p to q, which lies in the domain, in order: what every cell has of it. Null where a
 * part of it runs along the side of a cell, where two cells have it.
 */
export function rationalLine(
  { cells, outputs }: RationalRegions,
  p: readonly number[],
  q: readonly number[],
) {
  const start: Point = [Fraction.of(p[0]), Fraction.of(p[1])];
  const step = minus([Fraction.of(q[0]), Fraction.of(q[1])], start);
  const stretches = cells.flatMap(({ corners }, cell): Stretch[] => {
    let [from, to] = [ZERO, ONE];
    corners.forEach((a, k) => {
      const side = minus(corners[(k + 1) % corners.length], a);
      const left = (v: Point) => side[0].times(v[1]).minus(side[1].times(v[0]));
      // On the inner side of this one where `value` + t · `rate` ≥ 0.
      const value = left(minus(start, a));
      const rate = left(step);
      if (rate.sign === 0) {
        if (value.sign < 0) to = from;
        return;
      }
      const t = ZERO.minus(value).over(rate);
      if (rate.sign > 0 && less(from, t)) from = t;
      if (rate.sign < 0 && less(t, to)) to = t;
    });
    return less(from, to) ? [{ cell, from, to }] : [];
  });
  stretches.sort((a, b) => a.from.minus(b.from).sign);
  if (stretches.some(({ to }, i) => !to.equals(stretches[i + 1]?.from ?? ONE))) return null;
  const rates = stretches.map(({ cell }) =>
    outputs[cell].map(([a, b]) => a.times(step[0]).plus(b.times(step[1]))).join(),
  );
  return {
    activationRegions: stretches.length,
    linearRegions: rates.filter((rate, i) => rate !== rates[i - 1]).length,
    crossings: stretches.slice(1).map(({ from }) => from),
  };
}

/** A hidden neuron at a point, in fractions; inputs of any number. */
export interface RationalNeuron {
  readonly layer: number;
  readonly neuron: number;
  readonly z: Fraction;
  /** Its slope where it is off; with slope 1 it has no crease. */
  readonly slope: number;
  readonly gradient: readonly Fraction[];
}

/** Pre-activations and gradients of all hidden neurons, by the chain rule. A neuron that is zero counts as off. */
export function rationalNeurons(net: Model, x: ArrayLike<number>): RationalNeuron[] {
  const neurons: RationalNeuron[] = [];
  let values = Array.from(x, Fraction.of);
  let gradients = values.map((_, i) => values.map((_, k) => (i === k ? ONE : ZERO)));
  net.hidden.forEach(({ inputs, weights, biases, slopes }, layer) => {
    const own = Array.from(biases, (bias, neuron) => {
      const row = values.map((_, i) => Fraction.of(weights[neuron * inputs + i]));
      const sum = (start: Fraction, terms: readonly Fraction[]) =>
        terms.reduce((s, term, i) => s.plus(row[i].times(term)), start);
      return {
        layer,
        neuron,
        slope: slopes[neuron],
        z: sum(Fraction.of(bias), values),
        gradient: Array.from(x, (_, k) =>
          sum(
            ZERO,
            gradients.map((g) => g[k]),
          ),
        ),
      };
    });
    neurons.push(...own);
    const gain = ({ z, slope }: RationalNeuron) => (z.sign > 0 ? ONE : Fraction.of(slope));
    values = own.map((one) => one.z.times(gain(one)));
    gradients = own.map((one) => one.gradient.map((g) => g.times(gain(one))));
  });
  return neurons;
}

/**
 * The squared distance to the nearest crease; null where there is none. On a crease it is 0, also where a neuron of a
 * later layer has none in the map that a neuron of zero leaves.
 */
export function rationalDistance2(neurons: readonly RationalNeuron[]): Fraction | null {
  let nearest: Fraction | null = null;
  for (const { z, gradient, slope } of neurons) {
    if (slope === 1) continue;
    const square = gradient.reduce((sum, g) => sum.plus(g.times(g)), ZERO);
    if (square.sign === 0) continue;
    const own = z.times(z).over(square);
    if (nearest === null || less(own, nearest)) nearest = own;
  }
  return nearest;
}
