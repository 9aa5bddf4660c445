/** The results for one ball. */
export interface BoundRow {
  /** Of the centre in its file, from 0. */
  readonly index: number;
  /** Neurons that may switch in the ball, per hidden layer. */
  readonly counts: readonly number[];
  /** Their sum: at most 2^C regions meet the ball. */
  readonly C: number;
  /** Product of Zaslavsky sums in decimal digits; null where there would be too many. */
  readonly zaslavsky: string | null;
  /** Its logarithm to base 2. */
  readonly log2Zaslavsky: number;
  /** Activation regions that certainly meet the ball, where samples were asked for. */
  readonly atLeast?: number;
}

/** How rows become text: `head`, the rows, `tail`. */
export interface Format {
  readonly name: string;
  head(layers: number, sampled: boolean): string;
  row(row: BoundRow, isFirst: boolean): string;
  tail(isEmpty: boolean): string;
}

const csv: Format = {
  name: 'csv',
  head: (layers, sampled) => {
    const perLayer = Array.from({ length: layers }, (_, k) => `C_${k}`);
    const last = sampled ? ['at_least'] : [];
    return `${['index', ...perLayer, 'C', 'zaslavsky', 'log2_zaslavsky', ...last].join()}\n`;
  },
  row: ({ index, counts, C, zaslavsky, log2Zaslavsky, atLeast }) => {
    const last = atLeast === undefined ? [] : [atLeast];
    return `${[index, ...counts, C, zaslavsky ?? '', log2Zaslavsky, ...last].join()}\n`;
  },
  tail: () => '',
};

/** One array with an object per line, so that it can be read whole or line by line. */
const json: Format = {
  name: 'json',
  head: () => '[',
  row: (row, isFirst) => `${isFirst ? '' : ','}\n${JSON.stringify(row)}`,
  tail: (isEmpty) => (isEmpty ? ']\n' : '\n]\n'),
};

/** Every format; `--format` takes their names, and `--out` their names as extensions. */
export const formats: readonly [Format, ...Format[]] = [csv, json];
