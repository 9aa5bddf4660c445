/** One row of a table. */
export interface TableRow {
  /** In the order of the titles. */
  readonly cells: readonly (string | number)[];
  /** The same as an object of JSON. */
  readonly members: object;
}

/** How rows become text: `head`, the rows, `tail`. */
export interface Format {
  readonly name: string;
  head(titles: readonly string[]): string;
  row(row: TableRow, isFirst: boolean): string;
  tail(isEmpty: boolean): string;
}

const csv: Format = {
  name: 'csv',
  head: (titles) => `${titles.join()}\n`,
  row: ({ cells }) => `${cells.join()}\n`,
  tail: () => '',
};

/** One array with an object per line, so that it can be read whole or line by line. */
const json: Format = {
  name: 'json',
  head: () => '[',
  row: ({ members }, isFirst) => `${isFirst ? '' : ','}\n${JSON.stringify(members)}`,
  tail: (isEmpty) => (isEmpty ? ']\n' : '\n]\n'),
};

/** Every format; `--format` takes their names, and `--out` their names as extensions. */
export const formats: readonly [Format, ...Format[]] = [csv, json];
