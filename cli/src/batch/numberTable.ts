/** Rows of equally many finite numbers, read piece by piece. Errors name the place in the file. */
export interface NumberTable {
  readonly columns: number;
  /** Column titles, where the file has them. */
  readonly names: readonly string[] | undefined;
  /** Number of rows, where the file says so at its beginning. */
  readonly rows: number | undefined;
  /** The next rows, `[≤ most × columns]`; empty at the end. */
  next(most: number): Promise<Float64Array>;
  /** The place in the file of row i of the last block: "line 12". */
  place(i: number): string;
  /** Share of the file that has been read; `undefined` where its length is not known. */
  fraction(): number | undefined;
}
