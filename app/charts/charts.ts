import { formatFixed, formatInteger, formatNumber, formatPercent } from '../format.ts';
import type { SeriesKey } from './history.ts';

interface Line {
  readonly key: SeriesKey;
  /** Stands beside the current value; empty when the title says it all. */
  readonly label: string;
  readonly role: 'first' | 'second' | 'circle';
}

export interface Chart {
  readonly title: string;
  readonly lines: readonly Line[];
  readonly format: (value: number) => string;
  /** Range of the vertical axis that shows the given range of values. */
  readonly domain: (low: number, high: number) => [number, number];
}

const fromZero = (_low: number, high: number): [number, number] => [0, high > 0 ? 1.06 * high : 1];

/** The small multiples under the map, in order. */
export const CHARTS: readonly Chart[] = [
  {
    title: 'Loss',
    lines: [
      { key: 'trainLoss', label: 'train', role: 'first' },
      { key: 'testLoss', label: 'test', role: 'second' },
    ],
    format: (value) => (value < 10 ? formatFixed(value, 3) : formatNumber(value)),
    domain: fromZero,
  },
  {
    title: 'Accuracy',
    lines: [
      { key: 'trainAccuracy', label: 'train', role: 'first' },
      { key: 'testAccuracy', label: 'test', role: 'second' },
    ],
    format: (value) => formatPercent(value),
    domain: (low) => [low < 0.48 ? 0 : 0.45, 1],
  },
  {
    title: 'Regions',
    lines: [
      { key: 'activationRegions', label: 'activation', role: 'first' },
      { key: 'linearRegions', label: 'linear', role: 'second' },
    ],
    format: formatInteger,
    domain: fromZero,
  },
  {
    title: 'Mean C of circles',
    lines: [{ key: 'meanC', label: '', role: 'circle' }],
    format: (value) => formatFixed(value, 1),
    domain: fromZero,
  },
];
