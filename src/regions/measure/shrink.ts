/** A side of a convex polygon: n · p ≤ c with a unit normal that points outwards. */
export interface Side {
  /** Half-edge at whose origin it starts, and the one at whose origin the next side does. */
  readonly from: number;
  readonly to: number;
  readonly nx: number;
  readonly ny: number;
  readonly c: number;
  /** Where it starts. */
  readonly x: number;
  readonly y: number;
  readonly length: number;
}

/** Corners turn by less than π, also where rounding hides the difference. */
const SHARPEST = 2 ** 60;

/** tan(θ/2) for the turn θ ∈ (0, π) from one side to the next; infinite where they are parallel or diverge. */
function halfTurn(p: Side, q: Side): number {
  const sine = p.nx * q.ny - p.ny * q.nx;
  const cosine = p.nx * q.nx + p.ny * q.ny;
  if (cosine >= 0) return sine / (1 + cosine);
  return sine > 0 ? (1 - cosine) / sine : Number.POSITIVE_INFINITY;
}

/**
 * The three sides that remain when all sides of a strictly convex polygon move inwards at equal speed until its inside
 * is gone: the largest circle inside touches them. While it shrinks, a side between turns α and β loses length at the
 * rate tan(α/2) + tan(β/2); when it has none left, its neighbours meet. If they do not, because they are parallel, the
 * polygon ends there, and the three are that side and its neighbours.
 *
 * @param sides counter-clockwise, at least three; O(n²) for n sides
 */
export function lastSides(sides: readonly Side[]): [Side, Side, Side] {
  const ring = [...sides];
  const lengths = sides.map(({ length }) => length);
  /** Of the turn at the start of each side. */
  const turns = sides.map((side, i) =>
    Math.min(SHARPEST, halfTurn(ring[(i + ring.length - 1) % ring.length], side)),
  );
  while (true) {
    const n = ring.length;
    let first = 0;
    let soonest = Number.POSITIVE_INFINITY;
    for (let i = 0; i < n; i++) {
      const time = Math.max(0, lengths[i]) / (turns[i] + turns[(i + 1) % n]);
      if (time < soonest) [first, soonest] = [i, time];
    }
    const before = (first + n - 1) % n;
    const after = (first + 1) % n;
    const turn = halfTurn(ring[before], ring[after]);
    if (n === 3 || turn === Number.POSITIVE_INFINITY)
      return [ring[before], ring[first], ring[after]];
    for (let i = 0; i < n; i++) lengths[i] -= soonest * (turns[i] + turns[(i + 1) % n]);
    turns[after] = turn;
    for (const list of [ring, lengths, turns]) list.splice(first, 1);
  }
}
