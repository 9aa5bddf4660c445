import { useState } from 'react';
import { formatInteger } from '../format.ts';
import type { SeriesKey } from '../session/history.ts';
import shared from '../styles/shared.module.css';
import styles from './ChartStrip.module.css';
import { CHARTS } from './charts.ts';
import { SmallChart } from './SmallChart.tsx';

interface ChartStripProps {
  /** Steps of training, ascending: the axis that all charts share. */
  readonly steps: ArrayLike<number>;
  /** As long as `steps`; NaN where a value is not known. */
  readonly series: Readonly<Record<SeriesKey, ArrayLike<number>>>;
  /** Where the count of the regions stopped at its limit: the latest step has at least so many. */
  readonly beyond: number | null;
  /** Someone points at the title of the chart about the square, or no longer does. */
  readonly onSquare: (pointed: boolean) => void;
}

/** Loss, accuracy, regions and mean C over the steps, side by side under one crosshair. */
export function ChartStrip({ steps, series, beyond, onSquare }: ChartStripProps) {
  const [pointed, setPointed] = useState<number | null>(null);
  const last = steps.length - 1;
  const at = pointed === null || last < 0 ? null : Math.min(pointed, last);
  return (
    <section className={styles.strip} aria-label="Training over time">
      {CHARTS.map((chart) => (
        <SmallChart
          key={chart.title}
          chart={chart}
          steps={steps}
          series={series}
          at={at}
          instead={
            beyond !== null && chart.lines.some(({ key }) => key === 'activationRegions')
              ? `at least ${formatInteger(beyond)}`
              : null
          }
          onPoint={setPointed}
          onTitle={chart.inSquare ? onSquare : null}
        />
      ))}
      {last > 0 && (
        <input
          type="range"
          className={shared.visuallyHidden}
          aria-label="Read the charts at a step"
          aria-valuetext={`step ${formatInteger(steps[at ?? last])}`}
          min={0}
          max={last}
          value={at ?? last}
          onChange={(event) => setPointed(Number(event.target.value))}
          onBlur={() => setPointed(null)}
        />
      )}
    </section>
  );
}
