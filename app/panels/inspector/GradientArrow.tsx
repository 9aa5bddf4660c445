import { formatNumber } from '../../format.ts';
import styles from './RegionCard.module.css';

interface GradientArrowProps {
  /** `[outputs × 2]` gradient of every output. */
  readonly gradients: readonly (readonly number[])[];
}

const RADIUS = 30;

/**
 * The direction in which the outputs rise on the map (y points up). Lengths are relative to the steepest output;
 * faint lines are levels of the first.
 */
export function GradientArrow({ gradients }: GradientArrowProps) {
  const norms = gradients.map(([gx, gy]) => Math.hypot(gx, gy));
  const steepest = Math.max(...norms);
  const [gx, gy] = gradients[0];
  const across = (180 * Math.atan2(-gy, gx)) / Math.PI;
  const words = gradients.map(([x, y], i) =>
    norms[i] === 0
      ? 'flat'
      : `slope ${formatNumber(norms[i])} toward ${formatNumber((Math.round((180 * Math.atan2(y, x)) / Math.PI) + 360) % 360)}°`,
  );
  return (
    <svg
      className={styles.gradient}
      viewBox="-36 -36 72 72"
      width={72}
      height={72}
      role="img"
      aria-label={`Gradient: ${words.join('; ')}`}
    >
      <circle className={styles.rim} r={RADIUS + 4} />
      {norms[0] > 0 && (
        <g className={styles.levels} transform={`rotate(${across})`}>
          {[-2, -1, 0, 1, 2].map((i) => {
            const half = Math.sqrt((RADIUS + 4) ** 2 - (i * 11) ** 2);
            return <line key={i} x1={i * 11} x2={i * 11} y1={-half} y2={half} />;
          })}
        </g>
      )}
      {gradients.map(([x, y], i) => {
        if (norms[i] === 0) return null;
        const length = Math.max(12, (RADIUS * norms[i]) / steepest);
        const angle = (180 * Math.atan2(-y, x)) / Math.PI;
        return (
          <path
            // biome-ignore lint/suspicious/noArrayIndexKey: an output is its index
            key={i}
            className={styles.arrow}
            transform={`rotate(${angle})`}
            d={`M0,0H${length}M${length - 7},-5L${length},0L${length - 7},5`}
          />
        );
      })}
      <circle className={styles.origin} r={2.5} />
    </svg>
  );
}
