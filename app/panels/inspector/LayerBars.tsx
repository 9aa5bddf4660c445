import type { MouseEvent, PointerEvent } from 'react';
import { formatNumber } from '../../format.ts';
import { pixelOf } from '../../pixelOf.ts';
import type { LayerBounds } from '../../session/measured.ts';
import type { NeuronRef } from '../../session/state.ts';
import styles from './IntervalStrip.module.css';
import {
  axisLimit,
  type BarBox,
  barPath,
  layerC,
  type NeuronKind,
  neuronKind,
  positionOf,
} from './intervals.ts';

interface LayerBarsProps {
  /** Hidden layer, from 0. */
  readonly index: number;
  readonly layer: LayerBounds;
  readonly switching: ArrayLike<number> | null;
  readonly pitch: number;
  readonly width: number;
  /** Id of the pattern that fills false alarms. */
  readonly hatch: string;
  readonly highlighted: number | null;
  readonly onHighlight: (neuron: NeuronRef) => void;
  readonly onChoose: (neuron: NeuronRef) => void;
}

const KINDS: readonly NeuronKind[] = ['on', 'off', 'open', 'alarm'];

/** The bars of one layer, as one path per kind: a few elements however many neurons there are. */
export function LayerBars(props: LayerBarsProps) {
  const { index, layer, switching, pitch, width, hatch, highlighted, onHighlight, onChoose } =
    props;
  const neurons = layer.A.length;
  const box: BarBox = { width, pitch, limit: axisLimit(layer) };
  const paths: Record<NeuronKind, string> = { on: '', off: '', open: '', alarm: '' };
  let centres = '';
  for (let j = 0; j < neurons; j++) {
    paths[neuronKind(layer, switching, j)] += barPath(box, j, layer.A[j], layer.rawU[j]);
    const wide = (layer.rawU[j] / box.limit) * width > 8;
    if (pitch >= 8 && wide && Math.abs(layer.A[j]) <= box.limit) {
      centres += `M${positionOf(box, layer.A[j]).toFixed(1)},${j * pitch + 1.5}v${pitch - 3}`;
    }
  }
  const height = neurons * pitch;
  const zero = positionOf(box, 0);
  const rowAt = (event: MouseEvent<SVGSVGElement>): NeuronRef => {
    const { py } = pixelOf(event, event.currentTarget);
    return { layer: index, neuron: Math.min(neurons - 1, Math.max(0, Math.floor(py / pitch))) };
  };
  const onPointerMove = (event: PointerEvent<SVGSVGElement>) => {
    const row = rowAt(event);
    if (row.neuron !== highlighted) onHighlight(row);
  };
  return (
    <div className={styles.layer}>
      <div className={styles.head}>
        <span>Layer {index + 1}</span>
        <span>
          C {layerC(layer)} of {neurons}
        </span>
        <span className={styles.scale}>± {formatNumber(box.limit, 2)}</span>
      </div>
      <svg
        width={width}
        height={height}
        aria-hidden="true"
        onPointerMove={onPointerMove}
        onPointerDown={onPointerMove}
        // After the pointer of a touch has gone, which ends the highlight.
        onClick={(event) => onChoose(rowAt(event))}
      >
        {highlighted !== null && (
          <rect
            className={styles.lit}
            x={0.5}
            y={highlighted * pitch - 0.5}
            width={width - 1}
            height={pitch + 1}
            rx={2}
          />
        )}
        <line className={styles.zero} x1={zero} x2={zero} y1={0} y2={height} />
        {KINDS.map((kind) => (
          <path
            key={kind}
            className={styles.bar}
            data-kind={kind}
            d={paths[kind]}
            fill={kind === 'alarm' ? `url(#${hatch})` : undefined}
          />
        ))}
        <path className={styles.centres} d={centres} />
      </svg>
    </div>
  );
}
