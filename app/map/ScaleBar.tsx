import { formatNumber } from '../format.ts';
import styles from './Legend.module.css';
import type { Projection } from './projection.ts';

/** Pixels that the bar is long at most. */
const LONGEST = 110;

/** The largest of 1, 2, 5, 10, … that is at most `most`. */
export function roundLength(most: number): number {
  const exponent = Math.floor(Math.log10(most));
  const digit = [5, 2, 1].find((d) => d * 10 ** exponent <= most * (1 + 1e-12)) ?? 1;
  // Through text: 5 · 10⁻¹ is not the double nearest to it.
  return Number(`${digit}e${exponent}`);
}

/** How long a length of the plane is on the map, in both directions. */
export function ScaleBar({ p }: { p: Projection }) {
  const length = roundLength(Math.min(LONGEST, p.width / 4) / p.scale);
  const pixels = length * p.scale;
  return (
    <div
      className={styles.scale}
      role="img"
      aria-label={`Scale: the bar is ${formatNumber(length)} long`}
      data-testid="scale-bar"
      data-length={length}
    >
      <span aria-hidden="true">{formatNumber(length)}</span>
      <svg width={pixels + 2} height={8} aria-hidden="true">
        <path d={`M1,1V6H${pixels + 1}V1`} />
      </svg>
    </div>
  );
}
