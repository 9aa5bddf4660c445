import { scaleLinear } from 'd3';
import { useState } from 'react';
import { log2Big } from '../../../src/bounds/regionBounds.ts';
import { useSize } from '../../charts/useSize.ts';
import { Term } from '../../explain/Term.tsx';
import {
  atLeast,
  countOf,
  formatBig,
  formatFactor,
  formatInteger,
  formatPower,
} from '../../format.ts';
import shared from '../../styles/shared.module.css';
import { placeFlags, powerTicks } from './flags.ts';
import type { Found } from './found.ts';
import { Headline } from './Headline.tsx';
import styles from './LoosenessRuler.module.css';

interface LoosenessRulerProps {
  /** Activation regions that meet the open disc; null while unknown. */
  readonly found: Found | null;
  /** Whether they are still being counted. */
  readonly counting: boolean;
  /** Linear regions that meet the open disc; null while they are being counted, and where that cannot be done. */
  readonly exactLinear: number | null;
  /** Product over the layers of Zaslavsky's sums: a bound between the count and 2^C. */
  readonly zaslavsky: bigint;
  /** Number of undecided neurons. */
  readonly C: number;
}

/** How far Algorithm 1's bound lies above the exact count, on one logarithmic axis. */
export function LoosenessRuler(props: LoosenessRulerProps) {
  const { found, counting, exactLinear, zaslavsky, C } = props;
  return (
    <section aria-label="Looseness of the bound">
      <p className={styles.headline} data-testid="headline">
        <Headline found={found} C={C} />
      </p>
      <Ruler found={found} zaslavsky={zaslavsky} C={C} />
      {found && (
        <p className={shared.note} data-testid="looseness">
          <Looseness found={found} zaslavsky={zaslavsky} C={C} />
          {found.complete && exactLinear !== null && exactLinear !== found.regions && (
            <>
              {' '}
              Counting neighbours with the same affine map as one leaves{' '}
              {countOf(exactLinear, 'linear region')}.
            </>
          )}
        </p>
      )}
      {found?.samples != null && (
        <p className={shared.note} role="status">
          {counting ? 'The regions are being counted; until then this' : 'This'} is what{' '}
          {formatInteger(found.samples)} sampled points show.
        </p>
      )}
    </section>
  );
}

/** How far a bound lies above a number of regions, as the logarithm of their ratio to the base 2. */
function Factor({ log2Ratio, end }: { log2Ratio: number; end: string }) {
  const tight = isTight(log2Ratio);
  // What ends the clause must not begin a line.
  return (
    <>
      {tight ? '' : `${formatFactor(log2Ratio)} `}
      <span className={shared.nowrap}>
        <Term name="looseness">{tight ? 'tight' : 'too high'}</Term>
        {end}
      </span>
    </>
  );
}

/** Logarithms of equal numbers may differ in their last digit. */
const isTight = (log2Ratio: number): boolean => log2Ratio < 1e-12;

/** How far both bounds lie above the count; of a count that is only a lower bound, how far at most. */
function Looseness({ found, zaslavsky, C }: { found: Found; zaslavsky: bigint; C: number }) {
  const { regions, complete } = found;
  const above = (log2Bound: number) => log2Bound - Math.log2(regions);
  const most = (log2Ratio: number) => (complete || isTight(log2Ratio) ? '' : 'at most ');
  const [bound, product] = [above(C), above(log2Big(zaslavsky))];
  return (
    <>
      {complete && (
        <>
          The count is <Term name="exact">exact</Term>.{' '}
        </>
      )}
      The bound is {most(bound)}
      <Factor log2Ratio={bound} end="," /> <Term name="zaslavsky">Zaslavsky’s product</Term>{' '}
      {most(product)}
      <Factor log2Ratio={product} end="." />
    </>
  );
}

type Pen = CanvasRenderingContext2D | null;

/** Width in pixels of a text in the picture, as a pen on a canvas measures it. */
function textWidth(pen: Pen, picture: Element | null, text: string, em: number, weight: number) {
  if (pen === null || picture === null) return 0.6 * em * text.length;
  pen.font = `${weight} ${em}px ${getComputedStyle(picture).fontFamily}`;
  return pen.measureText(text).width;
}

interface RulerMark {
  readonly kind: 'exact' | 'zaslavsky' | 'bound';
  readonly at: number;
  readonly value: string;
  readonly name: string;
  /** What its flag says: the headline has said the other numbers. */
  readonly shown: string;
}

function Ruler({ found, zaslavsky, C }: { found: Found | null; zaslavsky: bigint; C: number }) {
  const [ref, { width, em }] = useSize<HTMLDivElement>();
  const [pen] = useState<Pen>(() => document.createElement('canvas').getContext('2d'));
  const marks: RulerMark[] = [
    {
      kind: 'zaslavsky',
      at: log2Big(zaslavsky),
      value: formatBig(zaslavsky),
      name: 'Zaslavsky',
      shown: formatBig(zaslavsky),
    },
    { kind: 'bound', at: C, value: formatPower(C), name: 'Algorithm 1', shown: '' },
  ];
  if (found) {
    const value = atLeast(formatInteger(found.regions), !found.complete);
    const name = found.complete ? 'exact' : found.samples === null ? 'counted' : 'sampled';
    marks.unshift({ kind: 'exact', at: Math.log2(found.regions), value, name, shown: '' });
  }
  const pad = 7;
  const top = Math.max(1, C, ...marks.map((m) => m.at));
  const x = scaleLinear([0, top], [pad, Math.max(pad, width - pad)]);
  // Logarithms of equal numbers may differ in their last digit.
  const between = (from: number, to: number) => Math.max(0, x(to) - x(from));
  const row = Math.round(em * 1.5);
  const axis = 3 * row + 8;
  const height = Math.ceil(axis + 10 + em * 1.4);
  const gap = 4;
  const flags = marks.map((mark) => ({
    x: x(mark.at),
    width:
      textWidth(pen, ref.current, mark.shown, em, 600) +
      (mark.shown === '' ? 0 : gap) +
      textWidth(pen, ref.current, mark.name, em, 400),
    prefer: mark.kind === 'bound' ? ('left' as const) : ('right' as const),
  }));
  const placed = placeFlags(flags, width);
  const label = marks.map((m) => `${m.name} ${m.value}`).join(', ');
  const known = marks[0].kind === 'exact' ? marks[0].at : 0;
  return (
    <div className={styles.picture} ref={ref}>
      {width > 0 && (
        <svg
          width={width}
          height={height}
          role="img"
          aria-label={`On a logarithmic axis: ${label}`}
        >
          {powerTicks(top, 6).map((tick) => (
            <g key={tick} transform={`translate(${x(tick)},${axis})`}>
              <line className={styles.tick} y1={5} y2={9} />
              <text className={styles.scale} y={10 + em} textAnchor="middle">
                {tick === 0 ? '1' : formatPower(tick)}
              </text>
            </g>
          ))}
          <rect
            className={styles.track}
            x={x(0)}
            y={axis - 4}
            width={between(0, top)}
            height={8}
            rx={4}
          />
          <rect
            className={styles.gap}
            x={x(known)}
            y={axis - 4}
            width={between(known, C)}
            height={8}
          />
          <rect
            className={`${styles.gap} ${styles.inner}`}
            x={x(known)}
            y={axis - 4}
            width={between(known, log2Big(zaslavsky))}
            height={8}
          />
          {found && (
            <rect
              className={styles.known}
              x={x(0)}
              y={axis - 4}
              width={between(0, known)}
              height={8}
            />
          )}
          {marks.map((mark, i) => {
            const { row: r, side } = placed[i];
            const y = (3 - r) * row - row * 0.35;
            const sign = side === 'left' ? -1 : 1;
            return (
              <g key={mark.kind} className={styles.mark} data-kind={mark.kind}>
                <line x1={flags[i].x} x2={flags[i].x} y1={y - em * 0.8} y2={axis} />
                <text
                  x={flags[i].x + sign * 4}
                  y={y}
                  textAnchor={side === 'left' ? 'end' : 'start'}
                >
                  {mark.shown !== '' && <tspan data-part="value">{mark.shown}</tspan>}
                  <tspan dx={mark.shown === '' ? 0 : gap}>{mark.name}</tspan>
                </text>
              </g>
            );
          })}
          {marks
            .map((mark) => <Point key={mark.kind} kind={mark.kind} x={x(mark.at)} y={axis} />)
            .reverse()}
        </svg>
      )}
    </div>
  );
}

function Point({ kind, x, y }: { kind: RulerMark['kind']; x: number; y: number }) {
  if (kind === 'exact')
    return <circle className={styles.point} data-kind={kind} cx={x} cy={y} r={6} />;
  if (kind === 'bound')
    return <rect className={styles.point} x={x - 2.5} y={y - 8} width={5} height={16} rx={2} />;
  return <path className={styles.point} data-kind={kind} d={`M${x},${y - 6}l6,6l-6,6l-6,-6z`} />;
}
