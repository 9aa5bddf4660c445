import { format as numberFormat, scaleLinear } from 'd3';
import { DATA_VIEW } from '../../src/settings/schema.ts';
import type { TermName } from '../explain/glossary/registry.ts';
import {
  formatFixed,
  formatInteger,
  formatNumber,
  formatPercent,
  formatSquare,
} from '../format.ts';
import type { SeriesKey } from '../session/history.ts';

interface Line {
  readonly key: SeriesKey;
  /** Stands beside the current value; empty when the title says it all. */
  readonly label: string;
  /** How it is drawn: solid, dashed, or in the colour of bounds. */
  readonly role: 'first' | 'second' | 'bound';
}

export interface Chart {
  readonly title: string;
  /** What the title explains. */
  readonly term: TermName;
  /** Whether it is about a square that its title can outline on the map. */
  readonly inSquare?: boolean;
  readonly lines: readonly Line[];
  readonly format: (value: number) => string;
  /** For the ends of the vertical axis. */
  readonly formatEnd: (value: number) => string;
  /** Range of the vertical axis that shows the given range of values. */
  readonly domain: (low: number, high: number) => number[];
}

/** From zero to a round number above. */
const fromZero = (_low: number, high: number): number[] =>
  scaleLinear([0, high > 0 ? high : 1], [0, 1])
    .nice(3)
    .domain();

const kilo = numberFormat('~s');
/** Thousands and millions have letters that people know; from 10⁷ on `formatNumber` writes powers of ten. */
const short = (value: number): string =>
  value < 1000 || value >= 1e7 ? formatNumber(value) : kilo(value);

/** Three decimals while the loss is small, two digits of a power of ten when the run has diverged. */
const loss = (value: number): string =>
  value < 10 ? formatFixed(value, 3) : formatNumber(value, value >= 1e7 ? 2 : 3);

/** The small multiples under the map, in order. */
export const CHARTS: readonly Chart[] = [
  {
    title: 'Loss',
    term: 'loss',
    lines: [
      { key: 'trainLoss', label: 'train', role: 'first' },
      { key: 'testLoss', label: 'test', role: 'second' },
    ],
    format: loss,
    formatEnd: short,
    domain: fromZero,
  },
  {
    title: 'Accuracy',
    term: 'accuracy',
    lines: [
      { key: 'trainAccuracy', label: 'train', role: 'first' },
      { key: 'testAccuracy', label: 'test', role: 'second' },
    ],
    format: (value) => formatPercent(value),
    formatEnd: (value) => formatPercent(value, 0),
    domain: (low) => [low < 0.5 ? 0 : 0.5, 1],
  },
  {
    // Counted there whatever the map shows: zooming in makes no region go away.
    title: `Regions in ${formatSquare(DATA_VIEW)}`,
    term: 'regions-in-the-square',
    inSquare: true,
    lines: [
      { key: 'activationRegions', label: 'activation', role: 'first' },
      { key: 'linearRegions', label: 'linear', role: 'second' },
    ],
    format: formatInteger,
    formatEnd: short,
    domain: fromZero,
  },
  {
    title: 'Mean C',
    term: 'mean-C',
    lines: [{ key: 'meanC', label: '', role: 'bound' }],
    format: (value) => formatFixed(value, 1),
    formatEnd: short,
    domain: fromZero,
  },
];
