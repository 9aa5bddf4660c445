import { type KeyboardEvent, useEffect, useId, useRef } from 'react';
import { useSize } from '../../charts/useSize.ts';
import { Term } from '../../explain/Term.tsx';
import { formatInteger, formatNumber } from '../../format.ts';
import type { LayerBounds } from '../../session/measured.ts';
import type { NeuronRef } from '../../session/state.ts';
import shared from '../../styles/shared.module.css';
import styles from './IntervalStrip.module.css';
import {
  countNeurons,
  hasArrow,
  type NeuronCounts,
  type NeuronKind,
  neuronKind,
  rowPitch,
} from './intervals.ts';
import { LayerBars } from './LayerBars.tsx';

interface IntervalStripProps {
  /** Hidden layers in order. */
  readonly layers: readonly LayerBounds[];
  /** Per layer, non-zero where a neuron truly changes sign in the disc; null while that is unknown. */
  readonly switching: readonly ArrayLike<number>[] | null;
  readonly highlighted: NeuronRef | null;
  readonly onHighlight: (neuron: NeuronRef | null) => void;
  /** A row was pressed, or reached by keyboard. */
  readonly onChoose: (neuron: NeuronRef) => void;
}

/** One bar per neuron from A − U_raw to A + U_raw about a common zero: right is on, left is off, across is undecided. */
export function IntervalStrip(props: IntervalStripProps) {
  const { layers, switching, highlighted, onHighlight, onChoose } = props;
  const [ref, { width }] = useSize<HTMLDivElement>();
  const list = useRef<HTMLDivElement>(null);
  const hatch = useId();
  const widths = layers.map((layer) => layer.A.length);
  const total = widths.reduce((sum, w) => sum + w, 0);
  const pitch = rowPitch(total);
  const current =
    highlighted !== null && highlighted.neuron < widths[highlighted.layer] ? highlighted : null;
  const flat = current === null ? -1 : flatIndex(widths, current);

  // A row highlighted from the map may be scrolled out of sight; one highlighted from here is visible already.
  const lit = current === null ? '' : `${current.layer}.${current.neuron}`;
  useEffect(() => {
    if (lit === '' || list.current === null || width === 0) return;
    const [k, j] = lit.split('.').map(Number);
    const bars = list.current.querySelectorAll<SVGElement>('svg')[k];
    if (bars === undefined) return;
    const { offsetHeight } = list.current;
    const frame = list.current.getBoundingClientRect();
    // Rectangles are in pixels of the window, which a zoomed or scaled page draws larger or smaller than its own.
    const down = (bars.getBoundingClientRect().top - frame.top) * (offsetHeight / frame.height);
    const y = down + j * pitch;
    if (y < 28) list.current.scrollTop += y - 28;
    else if (y + pitch > offsetHeight - 4) list.current.scrollTop += y + pitch + 4 - offsetHeight;
  }, [lit, pitch, width]);

  const choose = (neuron: NeuronRef) => {
    onHighlight(neuron);
    onChoose(neuron);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, number> = {
      ArrowDown: flat + 1,
      ArrowRight: flat + 1,
      ArrowUp: flat - 1,
      ArrowLeft: flat - 1,
      PageDown: flat + 10,
      PageUp: flat - 10,
      Home: 0,
      End: total - 1,
    };
    if (event.key === 'Escape' && current !== null) onHighlight(null);
    else if (event.key in moves) {
      choose(neuronOf(widths, Math.min(total - 1, Math.max(0, moves[event.key]))));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const readout =
    current && describe(layers[current.layer], switching?.[current.layer] ?? null, current);
  return (
    <section aria-label="Intervals of the neurons" ref={ref}>
      <Legend counts={countNeurons(layers, switching)} hatch={hatch} />
      <Hatch id={hatch} thin={pitch < 8} />
      <div
        className={styles.list}
        ref={list}
        role="slider"
        tabIndex={0}
        aria-orientation="vertical"
        aria-label="Neuron"
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={flat + 1}
        aria-valuetext={readout ?? 'none chosen'}
        onKeyDown={onKeyDown}
        onPointerLeave={() => onHighlight(null)}
      >
        {width > 0 &&
          layers.map((layer, k) => (
            <LayerBars
              // biome-ignore lint/suspicious/noArrayIndexKey: a layer is its index
              key={k}
              index={k}
              layer={layer}
              switching={switching?.[k] ?? null}
              pitch={pitch}
              width={width - 2}
              hatch={hatch}
              highlighted={current?.layer === k ? current.neuron : null}
              onHighlight={onHighlight}
              onChoose={choose}
            />
          ))}
      </div>
      <p className={`${styles.readout} ${shared.note}`} data-testid="interval">
        {readout ?? (
          <>
            Point at a row, or use the arrow keys. Each layer has its own{' '}
            <Term name="bar-scale">scale</Term>
            {layers.some(hasArrow) ? '; an arrow goes further' : ''}.
          </>
        )}
      </p>
    </section>
  );
}

/** How many neurons there are of each kind; those that C counts are grouped, with their true kind. */
function Legend({ counts, hatch }: { counts: NeuronCounts; hatch: string }) {
  const { on, off, undecided, parts } = counts;
  const square = (kind: NeuronKind) => (
    <svg width={12} height={12} aria-hidden="true">
      <rect
        className={styles.bar}
        data-kind={kind}
        x={1}
        y={1}
        width={10}
        height={10}
        fill={fillOf(kind, hatch)}
      />
    </svg>
  );
  return (
    <ul className={styles.legend}>
      <li>
        {square('on')}
        <span>
          {formatInteger(on)} <Term name="surely-on">surely on</Term>
        </span>
      </li>
      <li>
        {square('off')}
        <span>
          {formatInteger(off)} <Term name="surely-off">surely off</Term>
        </span>
      </li>
      <li data-testid="undecided" data-value={undecided}>
        {parts === null && square('open')}
        <span>
          {formatInteger(undecided)} <Term name="undecided">undecided</Term>
          {parts !== null && undecided > 0 && ':'}
        </span>
        {parts !== null && undecided > 0 && (
          <ul>
            <li>
              {square('open')}
              <span>
                {formatInteger(parts.switching)}{' '}
                <Term name="switches">{parts.switching === 1 ? 'switches' : 'switch'}</Term>
              </span>
            </li>
            <li>
              {square('alarm')}
              <span>
                {formatInteger(parts.alarms)} {parts.alarms === 1 ? 'is a' : 'are'}{' '}
                <Term name="false-alarm">
                  {parts.alarms === 1 ? 'false alarm' : 'false alarms'}
                </Term>
              </span>
            </li>
          </ul>
        )}
      </li>
    </ul>
  );
}

const fillOf = (kind: NeuronKind, hatch: string): string | undefined =>
  kind === 'alarm' ? `url(#${hatch})` : undefined;

function Hatch({ id, thin }: { id: string; thin: boolean }) {
  return (
    <svg width={0} height={0} className={styles.hatch} aria-hidden="true">
      <pattern
        id={id}
        width={4}
        height={4}
        patternUnits="userSpaceOnUse"
        patternTransform={thin ? '' : 'rotate(45)'}
      >
        <rect className={styles.hatchGround} width={4} height={4} />
        <rect className={styles.hatchLine} width={thin ? 2 : 1.6} height={4} />
      </pattern>
    </svg>
  );
}

function flatIndex(widths: readonly number[], { layer, neuron }: NeuronRef): number {
  return widths.slice(0, layer).reduce((sum, w) => sum + w, neuron);
}

function neuronOf(widths: readonly number[], flat: number): NeuronRef {
  let neuron = flat;
  let layer = 0;
  while (layer < widths.length - 1 && neuron >= widths[layer]) neuron -= widths[layer++];
  return { layer, neuron };
}

function describe(layer: LayerBounds, switching: ArrayLike<number> | null, at: NeuronRef): string {
  const j = at.neuron;
  const kind = neuronKind(layer, switching, j);
  const truth: Record<NeuronKind, string> = {
    on: 'surely on',
    off: 'surely off',
    open: switching === null ? 'undecided' : 'undecided, and it switches',
    alarm: 'undecided, a false alarm: it never switches here',
  };
  const values = `A ${formatNumber(layer.A[j])} ± ${formatNumber(layer.rawU[j])}, U ${formatNumber(layer.U[j])}`;
  return `Layer ${at.layer + 1}, neuron ${j + 1} is ${truth[kind]}. ${values}, P ${layer.P[j]}, S ${layer.S[j]}`;
}
