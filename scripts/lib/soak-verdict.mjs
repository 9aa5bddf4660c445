/**
 * Decides whether a long run shows growth. A quantity grows when its slope in the second half, less four times the
 * slope's standard error, is above its limit. Four, because a dozen quantities are tested, and consecutive samples are
 * correlated.
 *
 * @typedef {{ minute: number, values: Record<string, number>, frames: readonly number[] }} Sample of one interval:
 *   `values` by quantity, `frames` in milliseconds
 * @typedef {{ quantity: string, level: number, slope: number, error: number, limit: number, grows: boolean }} Trend
 *   the last value, and slope and limit per minute
 */

const ERRORS = 4;
/** Allowed mean frame time of the last third, relative to that of the middle third. */
export const FRAME_LIMIT = 1.2;

/**
 * Least squares of y over x.
 * @param {readonly number[]} x
 * @param {readonly number[]} y
 * @returns {{ slope: number, error: number }} the slope and its standard error; Infinity below three points
 */
export function leastSquares(x, y) {
  const n = x.length;
  const [mx, my] = [mean(x), mean(y)];
  let [sxx, sxy] = [0, 0];
  for (let i = 0; i < n; i++) {
    sxx += (x[i] - mx) ** 2;
    sxy += (x[i] - mx) * (y[i] - my);
  }
  if (n < 3 || sxx === 0) return { slope: 0, error: Number.POSITIVE_INFINITY };
  const slope = sxy / sxx;
  const rest = y.reduce((sum, v, i) => sum + (v - my - slope * (x[i] - mx)) ** 2, 0);
  return { slope, error: Math.sqrt(rest / (n - 2) / sxx) };
}

/**
 * The trend of every quantity that was there throughout the second half.
 * @param {readonly Sample[]} samples
 * @param {(quantity: string) => number} limitOf allowed growth per minute
 * @returns {Trend[]}
 */
export function trends(samples, limitOf) {
  const half = samples.slice(Math.floor(samples.length / 2));
  const last = half[half.length - 1];
  const minutes = half.map((s) => s.minute);
  return Object.keys(last.values)
    .filter((quantity) => half.every((s) => quantity in s.values))
    .map((quantity) => {
      const { slope, error } = leastSquares(
        minutes,
        half.map((s) => s.values[quantity]),
      );
      const limit = limitOf(quantity);
      const grows = slope - ERRORS * error > limit;
      return { quantity, level: last.values[quantity], slope, error, limit, grows };
    });
}

/** @param {readonly number[]} values @param {number} q from 0 to 1 */
export function quantile(values, q) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
}

const mean = (/** @type {readonly number[]} */ values) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * Frame times of the last third over those of the middle third. The mean decides: the others move by whole frames of the
 * screen.
 * @param {readonly Sample[]} samples at least three
 */
export function frameRatios(samples) {
  const third = Math.floor(samples.length / 3);
  const middle = samples.slice(third, 2 * third).flatMap((s) => s.frames);
  const end = samples.slice(samples.length - third).flatMap((s) => s.frames);
  return { mean: mean(end) / mean(middle), p95: quantile(end, 0.95) / quantile(middle, 0.95) };
}
