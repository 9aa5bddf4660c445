/** What is recorded at a step of training; a value that is not known there is null. */
export const SERIES = [
  'trainLoss',
  'testLoss',
  'trainAccuracy',
  'testAccuracy',
  'activationRegions',
  'linearRegions',
  'meanC',
] as const;

export type SeriesKey = (typeof SERIES)[number];
export type Sample = Readonly<Record<SeriesKey, number | null>>;

/**
 * A run of training in a bounded number of points. The first and the latest sample are kept as they are; those
 * between are means over `stride` samples, a stride that doubles whenever the points would exceed the capacity.
 */
export interface History {
  /** Ascending; the last one is the latest step. */
  readonly steps: readonly number[];
  /** As long as `steps`; NaN where nothing is known. */
  readonly series: Readonly<Record<SeriesKey, readonly number[]>>;
  readonly stride: number;
  /** Samples that wait until there are enough for a mean. */
  readonly waiting: readonly Row[];
}

/** A step followed by the values in the order of `SERIES`. */
type Row = readonly number[];

const HISTORY_CAPACITY = 600;

export const emptyHistory = (): History => fromRows([], 1, []);

/**
 * The history with one more sample. A sample at the latest step replaces it; one at an earlier step (the run was
 * wound back) drops everything from that step on.
 */
export function appendHistory(
  history: History,
  step: number,
  sample: Sample,
  capacity = HISTORY_CAPACITY,
): History {
  const row: Row = [step, ...SERIES.map((key) => finite(sample[key]))];
  const rows = toRows(history);
  let { stride } = history;
  let waiting = [...history.waiting];
  const latest = rows.pop();
  if (latest !== undefined && latest[0] < step) {
    waiting.push(latest);
    if (rows.length === 0 || waiting.length >= stride) {
      rows.push(meanRow(waiting));
      waiting = [];
    }
  } else {
    while (rows.length > 0 && rows[rows.length - 1][0] >= step) rows.pop();
    waiting = waiting.filter((r) => r[0] < step);
  }
  if (rows.length + 1 > capacity) {
    const merged = [rows[0]];
    for (let i = 1; i + 1 < rows.length; i += 2) merged.push(meanRow([rows[i], rows[i + 1]]));
    // An unpaired last row stands for `stride` samples and waits with that weight.
    if (rows.length % 2 === 0) waiting = [...Array(stride).fill(rows[rows.length - 1]), ...waiting];
    stride *= 2;
    return fromRows([...merged, row], stride, waiting);
  }
  return fromRows([...rows, row], stride, waiting);
}

const finite = (value: number | null): number =>
  value !== null && Number.isFinite(value) ? value : Number.NaN;

/** Column means over the known values. */
function meanRow(rows: readonly Row[]): Row {
  if (rows.length === 1) return rows[0];
  return rows[0].map((_, column) => {
    let sum = 0;
    let known = 0;
    for (const row of rows) {
      if (!Number.isNaN(row[column])) {
        sum += row[column];
        known++;
      }
    }
    return known === 0 ? Number.NaN : sum / known;
  });
}

const toRows = ({ steps, series }: History): Row[] =>
  steps.map((step, i) => [step, ...SERIES.map((key) => series[key][i])]);

function fromRows(rows: readonly Row[], stride: number, waiting: readonly Row[]): History {
  const series = Object.fromEntries(
    SERIES.map((key, column) => [key, rows.map((row) => row[column + 1])]),
  ) as Record<SeriesKey, number[]>;
  return { steps: rows.map((row) => row[0]), series, stride, waiting };
}
