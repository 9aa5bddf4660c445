import { InputError } from '../errors.ts';
import type { Model } from '../model/model.ts';
import type { RegionComplex } from '../regions/complex/complex.ts';
import { dualGraph } from '../regions/complex/dualGraph.ts';
import { faceArea, isCutByBorder, patternLayers } from '../regions/complex/faces.ts';
import type { LinearRegions } from '../regions/linear/linearRegions.ts';
import { insphere } from '../regions/measure/insphere.ts';
import { type Format, formats, type TableRow } from './formats.ts';

/** Columns of a table of regions. */
export const REGION_TITLES = [
  'id',
  'x',
  'y',
  'r',
  'area',
  'cut_by_box',
  'neighbours',
  'linear_region',
  'pattern',
] as const;

/**
 * The rows of a table with a row per activation region: its id, that of its polygon in `regionsSvg`; centre and radius of its
 * insphere; its area; whether it has a side on the border of the domain, beyond which it may go on; how many regions it has
 * an edge in common with; its linear region, numbered from 0; and its pattern, a string of 0 and 1 per hidden layer.
 * Sizes are those of the part inside the domain, from rounded corners. A row throws `InputError` for an area beyond the
 * range of numbers.
 */
export function regionRows(
  net: Model,
  complex: RegionComplex,
  { label }: Pick<LinearRegions, 'label'>,
): (face: number) => TableRow {
  const { start } = dualGraph(complex);
  return (face) => {
    const { x, y, r } = insphere(complex, face);
    const id = `region-${face + 1}`;
    const area = faceArea(complex, face);
    if (!Number.isFinite(area + x + y + r))
      throw new InputError('a region leaves the range of 64-bit numbers: scale the box down');
    const cutByBox = isCutByBorder(complex, face);
    const neighbours = start[face + 1] - start[face];
    const linearRegion = label[face];
    const pattern = patternLayers(net, complex, face).map((bits) => bits.join(''));
    return {
      cells: [id, x, y, r, area, Number(cutByBox), neighbours, linearRegion, pattern.join(' ')],
      members: { id, x, y, r, area, cutByBox, neighbours, linearRegion, pattern },
    };
  };
}

/** The table as one text, `csv` or `json`. */
export function regionTable(
  net: Model,
  complex: RegionComplex,
  linear: Pick<LinearRegions, 'label'>,
  format: 'csv' | 'json',
): string {
  const { head, row, tail } = formats.find(({ name }) => name === format) as Format;
  const rowOf = regionRows(net, complex, linear);
  const rows = Array.from({ length: complex.faceCount }, (_, face) => row(rowOf(face), face === 0));
  return head(REGION_TITLES) + rows.join('') + tail(rows.length === 0);
}
