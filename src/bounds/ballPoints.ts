import { normal, type Random } from '../random.ts';

/**
 * Writes points that are uniform in the ball of radius r around x (`[d]`): a normal direction (Muller 1959) times
 * r u^{1/d}. Rounding may put one slightly outside.
 */
export function ballPoints(
  x: ArrayLike<number>,
  r: number,
  random: Random,
): (into: Float64Array) => void {
  const d = x.length;
  const gauss = normal(random);
  return (into) => {
    for (let at = 0; at < into.length; at += d) {
      let square = 0;
      for (let t = 0; t < d; t++) {
        const step = gauss();
        into[at + t] = step;
        square += step * step;
      }
      const scale = square === 0 ? 0 : (r * random() ** (1 / d)) / Math.sqrt(square);
      for (let t = 0; t < d; t++) into[at + t] = x[t] + scale * into[at + t];
    }
  };
}
