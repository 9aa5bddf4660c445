import { BOUND_METHODS } from '../../src/bounds/methods.ts';
import { formatInteger, formatNumber } from '../format.ts';
import type { FieldPicture } from '../session/state.ts';

/** The value that is painted at a point of the plane; null outside of the field's box. */
export function fieldAt(
  { box, columns, rows, values }: Pick<FieldPicture, 'box' | 'columns' | 'rows' | 'values'>,
  x: number,
  y: number,
): number | null {
  const column = Math.floor((columns * (x - box.xMin)) / (box.xMax - box.xMin));
  const row = Math.floor((rows * (box.yMax - y)) / (box.yMax - box.yMin));
  const inside = column >= 0 && column < columns && row >= 0 && row < rows;
  return inside ? values[row * columns + column] : null;
}

/** The value of a field in words. C by a kernel in 32 bits may be more than a circle there has. */
export function fieldText({ kind, method }: FieldPicture, value: number): string {
  if (kind === 'bound') return `C at most ${formatInteger(value)} by ${BOUND_METHODS[method].name}`;
  if (kind === 'output') return `Output ${formatNumber(value)}`;
  return value === Number.POSITIVE_INFINITY
    ? 'No crease anywhere'
    : `Nearest crease ≈ ${formatNumber(value)} away`;
}
