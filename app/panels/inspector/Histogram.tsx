import { BARS_PER_DECADE } from '../../../src/regions/measure/overview.ts';
import { useSize } from '../../charts/useSize.ts';
import { countOf, superscript } from '../../format.ts';
import styles from './RegionsCard.module.css';

interface HistogramProps {
  /** log₁₀ of where the first bar begins. */
  readonly first: number;
  readonly counts: readonly number[];
}

const HEIGHT = 44;
/** Pixels a power of ten needs under the axis. */
const LABEL = 40;

/** How many regions there are of every size, on a logarithmic axis. */
export function Histogram({ first, counts }: HistogramProps) {
  const [ref, { width, em }] = useSize<HTMLDivElement>();
  const most = Math.max(...counts);
  const pitch = width / counts.length;
  const decades = counts.length / BARS_PER_DECADE;
  const every = Math.max(1, Math.ceil((decades * LABEL) / Math.max(1, width)));
  const ticks: number[] = [];
  for (let e = Math.ceil(first); e <= first + decades; e++) if (e % every === 0) ticks.push(e);
  const bottom = HEIGHT + Math.round(1.4 * em);
  return (
    <div className={styles.histogram} ref={ref}>
      {width > 0 && (
        <svg
          width={width}
          height={bottom}
          role="img"
          aria-label={`Sizes of ${countOf(
            counts.reduce((a, b) => a + b, 0),
            'region',
          )}, on a logarithmic axis`}
        >
          {counts.map((count, i) => {
            const height = count === 0 ? 0 : Math.max(1, (HEIGHT * count) / most);
            return (
              <rect
                // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
                key={i}
                x={i * pitch}
                y={HEIGHT - height}
                width={Math.max(1, pitch - 1)}
                height={height}
              />
            );
          })}
          <line x1={0} x2={width} y1={HEIGHT + 0.5} y2={HEIGHT + 0.5} />
          {ticks.map((e) => {
            const x = (e - first) * BARS_PER_DECADE * pitch;
            // A label that would leave the picture is moved inside it.
            const anchor = x < LABEL / 2 ? 'start' : x > width - LABEL / 2 ? 'end' : 'middle';
            return (
              <text key={e} x={x} y={bottom - 2} textAnchor={anchor}>
                {e === 0 ? '1' : `10${superscript(e)}`}
              </text>
            );
          })}
        </svg>
      )}
    </div>
  );
}
