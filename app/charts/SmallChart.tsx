import { scaleLinear } from 'd3';
import { type PointerEvent, useEffect, useState } from 'react';
import { Term } from '../explain/Term.tsx';
import { formatInteger } from '../format.ts';
import { pixelOf } from '../pixelOf.ts';
import type { SeriesKey } from '../session/history.ts';
import styles from './ChartStrip.module.css';
import type { Chart } from './charts.ts';
import { drawnIndices, knownNear } from './decimate.ts';
import { useSize } from './useSize.ts';

interface SmallChartProps {
  readonly chart: Chart;
  readonly steps: ArrayLike<number>;
  readonly series: Readonly<Record<SeriesKey, ArrayLike<number>>>;
  /** Index under the shared crosshair; null when nobody points. */
  readonly at: number | null;
  /** Stands in the place of the latest values, where there are no numbers to draw. */
  readonly instead: string | null;
  readonly onPoint: (index: number | null) => void;
  /** Someone points at the title, has the focus there or its card open, or none of these any more. */
  readonly onTitle: ((pointed: boolean) => void) | null;
}

/** Plots at least this wide have room for the ends of the vertical axis. */
const LABELLED = 110;
/** A value of more characters, as when training diverges, takes the room of its label, and is cut off last. */
const WIDE = 8;

/** One small chart: title and current values as labels beside a sample of their line, the lines, the step axis. */
export function SmallChart(props: SmallChartProps) {
  const { chart, steps, series, at, instead, onPoint, onTitle } = props;
  const [ref, { width, height, em }] = useSize<HTMLDivElement>();
  const last = steps.length - 1;
  // A value that takes longer than a step is known for fewer steps: a chart shows the nearest one, and its step.
  const index = knownNear(
    steps,
    chart.lines.map(({ key }) => series[key]),
    at ?? last,
  );
  const told = at === null ? instead : null;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { key } of chart.lines) {
    const values = series[key];
    for (let i = 0; i < values.length; i++) {
      if (values[i] < low) low = values[i];
      if (values[i] > high) high = values[i];
    }
  }
  const known = low <= high;
  const domain = known ? chart.domain(low, high) : [0, 1];
  const ends = domain.map(chart.formatEnd);
  const longest = Math.max(...ends.map((text) => text.length));
  const left = width >= LABELLED ? Math.round(Math.min(0.62 * em * longest + 6, 0.5 * width)) : 1;
  const first = last < 0 ? 0 : steps[0];
  const end = last < 0 ? 0 : steps[last];
  const x = scaleLinear([first, Math.max(end, first + 1)], [left, Math.max(left, width - 4)]);
  const y = scaleLinear(domain, [height - 1, 4]);
  const onMove = (event: PointerEvent<SVGSVGElement>) => {
    if (last < 0) return;
    onPoint(nearest(steps, x.invert(pixelOf(event, event.currentTarget).px)));
  };
  const values = chart.lines.map(({ key }) => (index < 0 ? Number.NaN : series[key][index]));
  const described = chart.lines
    .map(({ label }, i) =>
      Number.isNaN(values[i]) ? '' : `${label} ${chart.format(values[i])}`.trim(),
    )
    .filter((text) => text !== '');
  const where = last < 0 || told !== null ? '' : ` at step ${formatInteger(steps[index])}`;
  return (
    <figure className={styles.chart}>
      <figcaption>
        <Title chart={chart} onPointed={onTitle} />
        <span className={styles.values} aria-hidden="true">
          {told !== null && <span data-role="first">{told}</span>}
          {(told === null ? chart.lines : []).map(({ key, label, role }, i) => {
            const text = chart.format(values[i]);
            const wide = text.length > WIDE ? styles.wide : undefined;
            return (
              <span key={key} className={wide} data-role={role} title={`${label} ${text}`.trim()}>
                {label !== '' && (
                  <small className={label.length > 5 ? styles.long : undefined}>{label} </small>
                )}
                {text}
              </span>
            );
          })}
        </span>
      </figcaption>
      <div className={styles.plot} ref={ref}>
        {width > 0 && (
          <svg
            width={width}
            height={height}
            role="img"
            aria-label={`${chart.title}${where}: ${told ?? (described.join(', ') || 'no values yet')}`}
            onPointerMove={onMove}
            onPointerDown={onMove}
            onPointerLeave={() => onPoint(null)}
          >
            <line
              className={styles.base}
              x1={left}
              x2={width}
              y1={height - 0.5}
              y2={height - 0.5}
            />
            {known && left > 1 && (
              <g className={styles.ends}>
                <text x={left - 5} y={0.8 * em}>
                  {ends[1]}
                </text>
                <text x={left - 5} y={height}>
                  {ends[0]}
                </text>
              </g>
            )}
            {at !== null && (
              <line
                className={styles.cross}
                x1={x(steps[index])}
                x2={x(steps[index])}
                y1={0}
                y2={height}
              />
            )}
            {known &&
              [...chart.lines].reverse().map(({ key, role }) => {
                const own = series[key];
                const place = (i: number) =>
                  `${Math.round(10 * x(steps[i])) / 10},${Math.round(10 * y(own[i])) / 10}`;
                const drawn = drawnIndices(own, Math.ceil(width));
                // A step whose neighbours were not measured has no line: it is a dot.
                const gap = (i: number | undefined) => i === undefined || Number.isNaN(own[i]);
                const lone = drawn.filter(
                  (i, n) => !gap(i) && gap(drawn[n - 1]) && gap(drawn[n + 1]),
                );
                return (
                  <g key={key} className={styles.line} data-role={role}>
                    <path
                      d={drawn
                        .map((i, n) =>
                          gap(i) ? '' : `${gap(drawn[n - 1]) ? 'M' : 'L'}${place(i)}`,
                        )
                        .join('')}
                    />
                    <path className={styles.lone} d={lone.map((i) => `M${place(i)}Z`).join('')} />
                  </g>
                );
              })}
            {chart.lines.map(({ key, role }, i) =>
              Number.isNaN(values[i]) || told !== null ? null : (
                <circle
                  key={key}
                  className={styles.dot}
                  data-role={role}
                  cx={x(steps[index])}
                  cy={y(values[i])}
                  r={2.5}
                />
              ),
            )}
          </svg>
        )}
      </div>
      <p className={styles.axis} aria-hidden="true" style={{ paddingLeft: left }}>
        <span>{last < 0 ? '' : formatInteger(first)}</span>
        <span>
          {at === null && (index === last || told !== null)
            ? ''
            : `step ${formatInteger(steps[index])}`}
        </span>
        <span>{last < 1 ? '' : formatInteger(end)}</span>
      </p>
    </figure>
  );
}

/** The title, a word with a card; the card is in the title for the focus too. */
function Title({ chart, onPointed }: { chart: Chart; onPointed: SmallChartProps['onTitle'] }) {
  const [over, setOver] = useState(false);
  const [focused, setFocused] = useState(false);
  const pointed = over || focused;
  useEffect(() => {
    if (!pointed || onPointed === null) return;
    onPointed(true);
    return () => onPointed(false);
  }, [pointed, onPointed]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what is operated is the word inside
    <span
      className={styles.title}
      onPointerEnter={() => setOver(true)}
      onPointerLeave={() => setOver(false)}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
    >
      <Term name={chart.term}>{chart.title}</Term>
    </span>
  );
}

/** Index of the step closest to `target`; steps ascend. */
function nearest(steps: ArrayLike<number>, target: number): number {
  let low = 0;
  let high = steps.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (steps[middle] <= target) low = middle;
    else high = middle;
  }
  return target - steps[low] <= steps[high] - target ? low : high;
}
