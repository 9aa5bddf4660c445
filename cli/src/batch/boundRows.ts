import type { TableRow } from '../../../src/export/formats.ts';
import type { Model } from '../../../src/model/model.ts';
import { ZaslavskyTable } from './zaslavskyTable.ts';

/** The columns of bounds; `sampled`: with a lower bound. */
export const boundTitles = (net: Model, sampled: boolean): string[] => [
  'index',
  ...net.widths.map((_, k) => `C_${k}`),
  'C',
  'zaslavsky',
  'log2_zaslavsky',
  ...(sampled ? ['at_least'] : []),
];

/** Makes rows of what bounds the balls: neurons that may switch per hidden layer, their sum C, and Zaslavsky's product. */
export class BoundRows {
  readonly #layers: number;
  readonly #zaslavsky: ZaslavskyTable;

  constructor(net: Model) {
    this.#layers = net.widths.length;
    this.#zaslavsky = new ZaslavskyTable(net.inputs);
  }

  /** Row i of `C` `[count × layers]`, for the centre `index` of its file; `atLeast` where samples were asked for. */
  of(C: Uint32Array, i: number, index: number, atLeast: number | undefined): TableRow {
    const counts = Array.from(C.subarray(i * this.#layers, (i + 1) * this.#layers));
    const total = counts.reduce((sum, of) => sum + of, 0);
    const { zaslavsky, log2Zaslavsky } = this.#zaslavsky.of(counts);
    const last = atLeast === undefined ? [] : [atLeast];
    return {
      cells: [index, ...counts, total, zaslavsky ?? '', log2Zaslavsky, ...last],
      members: {
        index,
        counts,
        C: total,
        zaslavsky,
        log2Zaslavsky,
        ...(atLeast === undefined ? {} : { atLeast }),
      },
    };
  }
}
