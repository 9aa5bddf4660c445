import { describe, expect, it } from 'vitest';
import { fieldAt, fieldText } from '../../../app/map/fieldValue.ts';
import type { FieldPicture } from '../../../app/session/state.ts';

const field: FieldPicture = {
  kind: 'bound',
  method: 'crown',
  box: { xMin: -1, xMax: 2, yMin: 0, yMax: 2 },
  columns: 3,
  rows: 2,
  r: 0.25,
  run: 1,
  replayed: false,
  top: 6,
  values: Float32Array.of(1, 2, 3, 4, 5, 6),
};

describe('the value of a field under the pointer', () => {
  it('is that of the cell that is painted there, the top row first', () => {
    const seen = [1.5, 0.5].map((y) => [-0.5, 0.5, 1.5].map((x) => fieldAt(field, x, y)));
    expect(seen).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(fieldAt(field, -1, 2)).toBe(1);
  });

  it('is none outside of what was computed', () => {
    for (const [x, y] of [
      [-1.1, 1],
      [2, 1],
      [0, 2.01],
      [0, 0],
    ])
      expect(fieldAt(field, x, y)).toBeNull();
  });

  it('names the method of a bound, and never shows an infinite distance', () => {
    expect(fieldText(field, 7)).toBe('C at most 7 by CROWN');
    expect(fieldText({ ...field, kind: 'output' }, -0.25)).toBe('Output −0.25');
    expect(fieldText({ ...field, kind: 'distance' }, 0.125)).toBe('Nearest crease ≈ 0.125 away');
    expect(fieldText({ ...field, kind: 'distance' }, Number.POSITIVE_INFINITY)).toBe(
      'No crease anywhere',
    );
  });
});
