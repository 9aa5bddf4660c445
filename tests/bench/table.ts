/** One line of a benchmark's table: column title → value. Every row of a table has the same columns. */
export type Row = Record<string, string | number>;

/** Three significant digits below a thousand, whole numbers with grouped thousands above. */
function cell(value: string | number): string {
  if (typeof value === 'string') return value;
  if (!Number.isFinite(value)) throw new Error(`a benchmark measured ${value}`);
  if (Number.isInteger(value) || Math.abs(value) >= 1000) {
    return Math.round(value).toLocaleString('en-US');
  }
  return value === 0 ? '0' : value.toPrecision(3);
}

/**
 * A table in Markdown with aligned columns: numbers to the right, words to the left.
 * The columns are those of the first row, in its order; a row with other columns is an error.
 */
export function table(rows: readonly Row[]): string {
  if (rows.length === 0) throw new Error('a benchmark returned no rows');
  const columns = Object.keys(rows[0]);
  const numeric = columns.map((column) => rows.every((row) => typeof row[column] === 'number'));
  const body = rows.map((row) => {
    if (Object.keys(row).join() !== columns.join()) {
      throw new Error(`a benchmark's rows differ in their columns: ${Object.keys(row).join(', ')}`);
    }
    return columns.map((column) => cell(row[column]));
  });
  const widths = columns.map((column, i) =>
    Math.max(3, column.length, ...body.map((line) => line[i].length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((text, i) => (numeric[i] ? text.padStart(widths[i]) : text.padEnd(widths[i]))).join(' | ')} |`;
  const rule = `| ${widths.map((w, i) => (numeric[i] ? `${'-'.repeat(w - 1)}:` : '-'.repeat(w))).join(' | ')} |`;
  return [line(columns), rule, ...body.map(line)].join('\n');
}
