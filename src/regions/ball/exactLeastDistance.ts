/** A polyhedron {δ : g_i·δ + b_i ≥ 0} as far as its least distance from the origin depends on it, in integers. */
export interface ExactSides {
  readonly count: number;
  /** g_i·g_j */
  product(i: number, j: number): bigint;
  /** b_i */
  offset(i: number): bigint;
}

/** The nearest point of a polyhedron: its squared distance, numerator / denominator, and the sides on which it lies. */
export interface ExactNearest {
  readonly numerator: bigint;
  readonly denominator: bigint;
  readonly tight: readonly number[];
}

/** Beyond so many active sides numbers grow so long that it takes seconds. */
const MOST_ACTIVE = 24;

/**
 * The point of a polyhedron that is nearest to the origin, by the dual active-set method of Goldfarb & Idnani (1983) in
 * integers: δ = Σ λ_i g_i + u g_p over linearly independent active sides and the side p that enters, so that products of
 * normals are all that is needed. The active sides stay tight, M λ = −b − u m with M their products and m those with
 * g_p, so that λ = A − u ρ for the solutions A and ρ of two systems with the determinant of M as their common
 * denominator; u grows until p is tight or a multiplier is 0, and its side leaves.
 *
 * null: the polyhedron is empty. undefined: given up.
 */
export function exactNearest(sides: ExactSides): ExactNearest | null | undefined {
  const active: number[] = [];
  for (;;) {
    const { determinant, solutions } = solve(sides, active, undefined);
    const level = (i: number) =>
      active.reduce(
        (sum, j, k) => sum + sides.product(i, j) * solutions[k][0],
        sides.offset(i) * determinant,
      );
    let p = 0;
    while (p < sides.count && (active.includes(p) || level(p) >= 0n)) p++;
    if (p === sides.count) {
      const tight: number[] = [];
      for (let i = 0; i < sides.count; i++)
        if (active.includes(i) || level(i) === 0n) tight.push(i);
      // On active sides g_i·δ = −b_i, so |δ|² = −Σ λ_i b_i.
      const numerator = active.reduce((sum, i, k) => sum - solutions[k][0] * sides.offset(i), 0n);
      return { numerator, denominator: determinant, tight };
    }
    if (!enter(sides, active, p)) return null;
    if (active.length > MOST_ACTIVE) return undefined;
  }
}

/** Makes side p active; false where that is impossible, because a combination of the sides is negative everywhere. */
function enter(sides: ExactSides, active: number[], p: number): boolean {
  for (;;) {
    const { determinant, solutions } = solve(sides, active, p);
    // u as a fraction: where p is tight, and where a multiplier is 0.
    let numerator = -sides.offset(p) * determinant;
    let denominator = sides.product(p, p) * determinant;
    solutions.forEach(([a, rate], k) => {
      const product = sides.product(p, active[k]);
      numerator -= product * a;
      denominator -= product * rate;
    });
    let leaves = -1;
    solutions.forEach(([a, rate], k) => {
      if (rate <= 0n || (denominator > 0n && a * denominator >= numerator * rate)) return;
      [numerator, denominator, leaves] = [a, rate, k];
    });
    if (denominator <= 0n) return false;
    if (leaves < 0) {
      active.push(p);
      return true;
    }
    active.splice(leaves, 1);
  }
}

/**
 * D A and D ρ for M A = −b and M ρ = m, with D the determinant of M > 0: elimination without fractions (Bareiss 1968), upward
 * and downward. No pivot of the products of independent normals is zero.
 */
function solve(
  sides: ExactSides,
  active: readonly number[],
  p: number | undefined,
): { determinant: bigint; solutions: [bigint, bigint][] } {
  const n = active.length;
  const rows = active.map((i) => [
    ...active.map((j) => sides.product(i, j)),
    -sides.offset(i),
    p === undefined ? 0n : sides.product(i, p),
  ]);
  let before = 1n;
  for (let k = 0; k < n; k++) {
    const pivot = rows[k][k];
    for (let i = 0; i < n; i++) {
      if (i === k) continue;
      const row = rows[i];
      const factor = row[k];
      for (let j = 0; j < n + 2; j++) row[j] = (pivot * row[j] - factor * rows[k][j]) / before;
    }
    before = pivot;
  }
  return { determinant: before, solutions: rows.map((row) => [row[n], row[n + 1]]) };
}
