import type { Model } from '../../src/model/model.ts';
import { Fraction } from './fraction.ts';

/** g·δ + b > 0, for δ = x − centre. */
interface Half {
  readonly g: readonly Fraction[];
  readonly b: Fraction;
}

const ZERO = new Fraction(0n);
const ONE = new Fraction(1n);

const dot = (p: readonly Fraction[], q: readonly Fraction[]): Fraction =>
  p.reduce((sum, v, t) => (v.n === 0n || q[t].n === 0n ? sum : sum.plus(v.times(q[t]))), ZERO);

/** x of M x = right by elimination with pivots; undefined where M is singular. */
function solved(M: readonly Fraction[][], right: readonly Fraction[]): Fraction[] | undefined {
  const rows = M.map((row, i) => [...row, right[i]]);
  const n = rows.length;
  for (let k = 0; k < n; k++) {
    const pivot = rows.findIndex((row, i) => i >= k && row[k].n !== 0n);
    if (pivot < 0) return undefined;
    [rows[k], rows[pivot]] = [rows[pivot], rows[k]];
    for (let i = 0; i < n; i++) {
      if (i === k || rows[i][k].n === 0n) continue;
      const factor = rows[i][k].over(rows[k][k]);
      rows[i] = rows[i].map((v, j) => v.minus(factor.times(rows[k][j])));
    }
  }
  return rows.map((row, k) => row[n].over(row[k]));
}

/** All sets of at most `most` of the numbers below n, small ones first. */
function* subsets(n: number, most: number): Generator<number[]> {
  let layer: number[][] = [[]];
  for (let size = 0; size <= most && layer.length > 0; size++) {
    yield* layer;
    layer = layer.flatMap((set) =>
      Array.from({ length: n - 1 - (set.at(-1) ?? -1) }, (_, i) => [
        ...set,
        (set.at(-1) ?? -1) + 1 + i,
      ]),
    );
  }
}

/**
 * The squared distance of {δ : g_i·δ + b_i ≥ 0 for all i} from 0, or null where that is empty, by trying all sets of
 * sides that may be tight. `any`: some point's will do.
 */
function distance2(halves: readonly Half[], any = false): Fraction | null {
  const products = halves.map(({ g }) => halves.map((other) => dot(g, other.g)));
  for (const set of subsets(halves.length, Math.min(halves.length, halves[0]?.g.length ?? 0))) {
    const factors = solved(
      set.map((i) => set.map((j) => products[i][j])),
      set.map((i) => ZERO.minus(halves[i].b)),
    );
    if (!factors || (!any && factors.some(({ sign }) => sign < 0))) continue;
    const level = (i: number) =>
      set.reduce((sum, j, k) => sum.plus(factors[k].times(products[i][j])), halves[i].b);
    if (halves.some((_, i) => level(i).sign < 0)) continue;
    return set.reduce((sum, i, k) => sum.minus(factors[k].times(halves[i].b)), ZERO);
  }
  return null;
}

/** Whether some δ is strictly on all sides: then (M δ, M), for a large M, is in a cone by a margin of 1. */
function hasInside(halves: readonly Half[]): boolean {
  const cone = halves.map(({ g, b }) => ({ g: [...g, b], b: ZERO.minus(ONE) }));
  const far = { g: [...(halves[0]?.g ?? []).map(() => ZERO), ONE], b: ZERO.minus(ONE) };
  return halves.length === 0 || distance2([...cone, far], true) !== null;
}

/**
 * How many activation regions meet the open ball of radius r around x, in any dimension, in fractions: slow, written for
 * the eye, and without the engine. For each part of a layer and each neuron it asks whether both sides of the crease have
 * points in the ball, by trying all sets of sides.
 */
export function rationalBall(net: Model, x: readonly number[], r: number): number {
  const r2 = Fraction.of(r).times(Fraction.of(r));
  const meets = (halves: readonly Half[]) => {
    const near = distance2(halves);
    return near !== null && near.minus(r2).sign < 0 && hasInside(halves);
  };
  const identity = x.map((v, i) => ({
    g: x.map((_, t) => (t === i ? ONE : ZERO)),
    b: Fraction.of(v),
  }));
  let parts = [{ halves: [] as readonly Half[], maps: identity as readonly Half[] }];
  for (const { inputs, weights, biases, slopes } of net.hidden) {
    const factors = Array.from(slopes, Fraction.of);
    parts = parts.flatMap(({ halves, maps }) => {
      const z = Array.from(biases, (bias, j): Half => {
        const row = Array.from({ length: inputs }, (_, i) => Fraction.of(weights[j * inputs + i]));
        const g = x.map((_, t) =>
          dot(
            row,
            maps.map((map) => map.g[t]),
          ),
        );
        return {
          g,
          b: Fraction.of(bias).plus(
            dot(
              row,
              maps.map(({ b }) => b),
            ),
          ),
        };
      });
      let cells = [{ halves, on: [] as boolean[] }];
      z.forEach((half, j) => {
        cells = cells.flatMap((cell) => {
          const plus = [...cell.halves, half];
          const minus = [...cell.halves, scaled(half, ZERO.minus(ONE))];
          if (slopes[j] === 1) return [{ ...cell, on: [...cell.on, true] }];
          if (half.g.every(({ sign }) => sign === 0))
            return [{ ...cell, on: [...cell.on, half.b.sign > 0] }];
          const [isOn, isOff] = [meets(plus), meets(minus)];
          if (!isOn || !isOff) return [{ ...cell, on: [...cell.on, isOn] }];
          return [
            { halves: plus, on: [...cell.on, true] },
            { halves: minus, on: [...cell.on, false] },
          ];
        });
      });
      return cells.map(({ halves: own, on }) => ({
        halves: own,
        maps: z.map((half, j) => (on[j] ? half : scaled(half, factors[j]))),
      }));
    });
  }
  return parts.length;
}

const scaled = ({ g, b }: Half, factor: Fraction): Half => ({
  g: g.map((v) => v.times(factor)),
  b: b.times(factor),
});
