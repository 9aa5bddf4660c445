import type { LayerBounds } from '../../session/measured.ts';
/**
 * Surely on, surely off, or undecided (S = 1, counted by C). Of the undecided ones `open` are those that switch, or may
 * while the truth is unknown; `alarm` those that keep their sign in the whole disc: false alarms.
 */
export type NeuronKind = 'on' | 'off' | 'open' | 'alarm';

/** `switching`: non-zero where the neuron truly changes sign in the disc, null while that is unknown. */
export function neuronKind(
  layer: LayerBounds,
  switching: ArrayLike<number> | null,
  neuron: number,
): NeuronKind {
  if (layer.S[neuron]) return switching !== null && !switching[neuron] ? 'alarm' : 'open';
  return layer.A[neuron] > 0 ? 'on' : 'off';
}

/** What the bound says about all neurons. */
export interface NeuronCounts {
  readonly on: number;
  readonly off: number;
  /** C. */
  readonly undecided: number;
  /** Of the undecided ones those that switch, and those that do not; null while that is unknown. */
  readonly parts: { readonly switching: number; readonly alarms: number } | null;
}

/** @param switching per layer, as for `neuronKind`; null while it is unknown */
export function countNeurons(
  layers: readonly LayerBounds[],
  switching: readonly ArrayLike<number>[] | null,
): NeuronCounts {
  const counts: Record<NeuronKind, number> = { on: 0, off: 0, open: 0, alarm: 0 };
  for (const [k, layer] of layers.entries())
    for (let j = 0; j < layer.S.length; j++) counts[neuronKind(layer, switching?.[k] ?? null, j)]++;
  const { on, off, open, alarm } = counts;
  const parts = switching && { switching: open, alarms: alarm };
  return { on, off, undecided: open + alarm, parts };
}

/** C of one layer: how many of its neurons the bound leaves undecided. */
export function layerC(layer: LayerBounds): number {
  let C = 0;
  for (let j = 0; j < layer.S.length; j++) if (layer.S[j]) C++;
  return C;
}

/**
 * Half-width of the axis of a layer: the farthest end of any interval, but no more than 2.5 times the upper
 * quartile of the ends, so that one huge neuron does not flatten the others (its bar ends in an arrow instead).
 */
export function axisLimit(layer: LayerBounds): number {
  const ends = Array.from(layer.A, (a, i) => Math.abs(a) + layer.rawU[i]).filter(Number.isFinite);
  ends.sort((a, b) => a - b);
  const farthest = ends[ends.length - 1] ?? 0;
  const quartile = ends[Math.floor(0.75 * (ends.length - 1))] ?? 0;
  const limit = quartile > 0 ? Math.min(farthest, 2.5 * quartile) : farthest;
  return limit > 0 ? limit : 1;
}

/** Whether the bar of a neuron goes beyond the axis of its layer, and ends in an arrow. */
export const hasArrow = (layer: LayerBounds): boolean => {
  const limit = axisLimit(layer);
  return Array.from(layer.A, (a, j) => Math.abs(a) + layer.rawU[j]).some(
    (end) => Number.isFinite(end) && end > limit,
  );
};

/** Height of a row in CSS pixels: generous for a few neurons, 3 px for hundreds. */
export function rowPitch(neurons: number): number {
  const steps = [
    [16, 14],
    [32, 11],
    [64, 8],
    [160, 5],
    [320, 4],
  ];
  return steps.find(([most]) => neurons <= most)?.[1] ?? 3;
}

export interface BarBox {
  readonly width: number;
  readonly pitch: number;
  /** Value at the right end of the axis; the left end is its negative. */
  readonly limit: number;
}

/** Room beyond the ends of the axis, so that a bar at the limit is still seen whole. */
const MARGIN = 4;

/** Horizontal position of a value, kept inside the picture. */
export const positionOf = ({ width, limit }: BarBox, value: number): number =>
  Math.min(width, Math.max(0, width / 2 + (value / limit) * (width / 2 - MARGIN)));

/** Path of the bar of one row; an end beyond the axis is an arrowhead, a vanishing bar is still 3 px wide. */
export function barPath(box: BarBox, row: number, centre: number, reach: number): string {
  if (!Number.isFinite(centre) || !Number.isFinite(reach)) return '';
  const h = box.pitch <= 5 ? box.pitch - 1 : box.pitch - 3;
  const y = row * box.pitch + (box.pitch - h) / 2;
  const head = Math.max(3, h / 2);
  const beyondLeft = centre - reach < -box.limit;
  const beyondRight = centre + reach > box.limit;
  let from = positionOf(box, centre - reach);
  let to = positionOf(box, centre + reach);
  if (beyondLeft) to = Math.max(to, 2 * head);
  if (beyondRight) from = Math.min(from, box.width - 2 * head);
  if (to - from < 3) {
    const middle = Math.min(box.width - 1.5, Math.max(1.5, (from + to) / 2));
    from = middle - 1.5;
    to = middle + 1.5;
  }
  const left = beyondLeft
    ? `M${px(from + head)},${px(y + h)}L${px(from)},${px(y + h / 2)}L${px(from + head)},${px(y)}`
    : `M${px(from)},${px(y + h)}V${px(y)}`;
  const right = beyondRight
    ? `H${px(to - head)}L${px(to)},${px(y + h / 2)}L${px(to - head)},${px(y + h)}`
    : `H${px(to)}V${px(y + h)}`;
  return `${left}${right}Z`;
}

const px = (v: number): string => String(Math.round(v * 100) / 100);
