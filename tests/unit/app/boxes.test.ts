import { describe, expect, it } from 'vitest';
import { formatSquare } from '../../../app/format.ts';
import { boxOf, sameBox, squareOf } from '../../../app/session/view.ts';
import { linearRegions } from '../../../src/regions/linear/linearRegions.ts';
import { boxRegionsInSteps } from '../../../src/regions/query/boxRegions.ts';
import { subdivide } from '../../../src/regions/subdivide/subdivide.ts';
import { buildTrainer } from '../../../src/settings/build.ts';
import { readLink } from '../../../src/settings/link.ts';
import { DATA_VIEW } from '../../../src/settings/schema.ts';
import { finish } from '../../../src/steps.ts';

const networkOf = (link: string) => buildTrainer(readLink(link).settings).network;

describe('the square of a view', () => {
  it('is what a square map shows, bit for bit, however large the map is', () => {
    for (const view of [DATA_VIEW, { x: 0.1, y: -0.3, half: 0.7 }, { x: 1e5, y: 3, half: 1e-7 }])
      for (const size of [237, 480.5, 639.3333, 721, 1280])
        expect(sameBox(boxOf(view, size, size), squareOf(view))).toBe(true);
  });

  it('lies within what a map of another shape shows, from edge to edge', () => {
    const view = { x: 0.1, y: -0.3, half: 0.7 };
    const square = squareOf(view);
    for (const [width, height] of [
      [480, 270],
      [720, 450],
      [390, 473],
    ]) {
      const box = boxOf(view, width, height);
      expect(box.xMin).toBeLessThanOrEqual(square.xMin);
      expect(box.yMax).toBeGreaterThanOrEqual(square.yMax);
      const across = width < height ? ['xMin', 'xMax'] : ['yMin', 'yMax'];
      for (const end of across as ('xMin' | 'yMin')[]) expect(box[end]).toBe(square[end]);
    }
  });

  it('is named by all the digits of its place', () => {
    expect(formatSquare(DATA_VIEW)).toBe('[−1.2, 1.2]²');
    expect(formatSquare({ x: 0.2, y: -0.1, half: 0.6 })).toBe('[0.2 ± 0.6] × [−0.1 ± 0.6]');
    expect(formatSquare({ x: 0.5, y: 0.5, half: 2e-9 })).toBe('[0.5 ± 2 × 10⁻⁹]²');
    expect(formatSquare({ x: 0.123456789, y: 0, half: 1e-4 })).toContain('0.123456789 ± 0.0001');
  });
});

describe('the count in a box', () => {
  it('is that of the picture of this box, of both kinds of regions', () => {
    for (const link of ['net=2-16-16-1&seed=5', 'net=2-4-4-1&seed=2', 'net=2-3-1&act=leaky']) {
      const net = networkOf(link);
      for (const view of [DATA_VIEW, { x: 0.3, y: 0.2, half: 0.25 }]) {
        const complex = subdivide(net, squareOf(view));
        expect(finish(boxRegionsInSteps(net, squareOf(view), 1e6))).toEqual({
          activationRegions: complex.faceCount,
          linearRegions: linearRegions(net, complex).count,
          complete: true,
        });
      }
    }
  });

  it('that stops at its limit says so, and names no linear regions', () => {
    const found = finish(boxRegionsInSteps(networkOf('net=2-16-16-1'), squareOf(DATA_VIEW), 100));
    expect(found.complete).toBe(false);
    expect(found.linearRegions).toBeNull();
    expect(found.activationRegions).toBeLessThanOrEqual(100);
    expect(found.activationRegions).toBeGreaterThan(50);
  });
});
