import { describe, expect, it } from 'vitest';
import { roundLength } from '../../../app/map/ScaleBar.tsx';

describe('the length of the scale bar', () => {
  it('is the largest of 1, 2 and 5 times a power of ten that fits', () => {
    for (const [most, length] of [
      [0.29, 0.2],
      [0.5, 0.5],
      [0.99, 0.5],
      [1, 1],
      [49, 20],
      [3e-13, 2e-13],
      [7.1e9, 5e9],
    ])
      expect(roundLength(most)).toBe(length);
  });
});
