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
export type Sample = Readonly<Partial<Record<SeriesKey, number | null>>>;

/** What is known of one step. */
interface Row {
  readonly step: number;
  /** In the order of `SERIES`; NaN where nothing is known. */
  readonly values: readonly number[];
}

/**
 * A run of training in a bounded number of steps. Every value belongs to the step it was measured at: one that takes longer
 * is added later to the row of its step. Steps are left out, never averaged.
 */
export interface History {
  /** By ascending step; the last one is the latest. */
  readonly rows: readonly Row[];
}

export interface Columns {
  readonly steps: readonly number[];
  /** As long as `steps`; NaN where nothing is known. */
  readonly series: Readonly<Record<SeriesKey, readonly number[]>>;
}

const HISTORY_CAPACITY = 600;

export const emptyHistory = (): History => ({ rows: [] });

/**
 * The history with what is known of its latest step. A step that is there already keeps what the sample does not tell;
 * an earlier one (the run was wound back) drops everything after it.
 */
export function appendHistory(
  history: History,
  step: number,
  sample: Sample,
  capacity = HISTORY_CAPACITY,
): History {
  const before = history.rows.filter((row) => row.step < step);
  const same = history.rows[before.length];
  const row = filledIn(same?.step === step ? same : { step, values: [] }, sample);
  const rows = [...before, row];
  return { rows: rows.length > capacity ? thinned(rows, capacity / 2) : rows };
}

/** The history with further values of one of its steps; unchanged if it does not have that step (any more). */
export function amendHistory(history: History, step: number, sample: Sample): History {
  const at = history.rows.findLastIndex((row) => row.step === step);
  if (at < 0) return history;
  return { rows: history.rows.with(at, filledIn(history.rows[at], sample)) };
}

const filledIn = ({ step, values }: Row, sample: Sample): Row => ({
  step,
  values: SERIES.map((key, i) => {
    const value = sample[key];
    if (value === undefined) return values[i] ?? Number.NaN;
    return value !== null && Number.isFinite(value) ? value : Number.NaN;
  }),
});

const knownIn = ({ values }: Row): number =>
  values.reduce((known, value) => known + (Number.isNaN(value) ? 0 : 1), 0);

/** Both ends, and in each of `spans` equal spans of steps the row with the most values, the first of them. */
function thinned(rows: readonly Row[], spans: number): Row[] {
  const last = rows[rows.length - 1];
  const span = (last.step - rows[0].step) / spans;
  const kept = [rows[0]];
  let before = -1;
  for (const row of rows.slice(1, -1)) {
    const own = Math.floor((row.step - rows[0].step) / span);
    if (own !== before) kept.push(row);
    else if (knownIn(row) > knownIn(kept[kept.length - 1])) kept[kept.length - 1] = row;
    before = own;
  }
  return [...kept, last];
}

/** The history as the charts draw it: one list of steps, and as many values for every line. */
export function columnsOf({ rows }: History): Columns {
  const series = Object.fromEntries(
    SERIES.map((key, i) => [key, rows.map(({ values }) => values[i])]),
  ) as Record<SeriesKey, number[]>;
  return { steps: rows.map(({ step }) => step), series };
}
