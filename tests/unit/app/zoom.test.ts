import * as d3 from 'd3';
import { describe, expect, it } from 'vitest';
import { movedView, projection, zoomExtent } from '../../../app/map/projection.ts';
import { minHalfAt, type View } from '../../../src/settings/compound.ts';
import { readLink, writeLink } from '../../../src/settings/link.ts';
import { initialSettings } from '../../../src/settings/schema.ts';

const [WIDTH, HEIGHT] = [800, 600];

/** d3's transform that keeps the pixel (px, py) in place while the scale grows k-fold. */
const about = (px: number, py: number, k: number) =>
  d3.zoomIdentity.translate(px * (1 - k), py * (1 - k)).scale(k);

describe('zooming', () => {
  it('keeps the point under the pointer in place down to the last depth', () => {
    const point = { x: 0.3170215, y: -0.6023417 };
    let view: View = initialSettings.view;
    for (let step = 0; step < 400 && view.half > 2e-12; step++) {
      const before = projection(view, WIDTH, HEIGHT);
      const [px, py] = [before.px(point.x), before.py(point.y)];
      const k = Math.min(1.3, zoomExtent(view)[1]);
      view = movedView(view, about(px, py, k), WIDTH, HEIGHT);
      const after = projection(view, WIDTH, HEIGHT);
      expect(Math.hypot(after.px(point.x) - px, after.py(point.y) - py)).toBeLessThan(0.1);
    }
    expect(view.half).toBeLessThan(3e-12);
  });

  it('pans by the pixels the pointer moved, deep as shallow', () => {
    for (const half of [1.2, 1e-6, 1e-11]) {
      const view = { x: 0.7654321987654321, y: -0.123456789, half };
      const moved = movedView(view, d3.zoomIdentity.translate(40, -25), WIDTH, HEIGHT);
      const p = projection(view, WIDTH, HEIGHT);
      expect(p.px(moved.x)).toBeCloseTo(WIDTH / 2 - 40, 1);
      expect(p.py(moved.y)).toBeCloseTo(HEIGHT / 2 + 25, 1);
    }
  });

  it('stops where 64-bit coordinates would be steps to see', () => {
    expect(minHalfAt(0.5, 0.5)).toBe(1e-12);
    expect(minHalfAt(3e5, 1)).toBe(3e-7);
    const view = { x: 3e5, y: 1, half: 1 };
    expect(movedView(view, about(400, 300, 1e9), WIDTH, HEIGHT).half).toBeCloseTo(3e-7, 12);
  });

  it('comes back to the same view, with no digits that mean nothing', () => {
    const into = movedView(initialSettings.view, about(123, 456, 1e6), WIDTH, HEIGHT);
    const out = movedView(into, about(123, 456, 1e-6), WIDTH, HEIGHT);
    expect(out).toEqual(initialSettings.view);
  });

  it('survives the link at every depth', () => {
    for (const half of [1e3, 1.2, 1e-4, 3.7e-9, 1e-12]) {
      const view = movedView(
        { x: Math.SQRT1_2, y: -Math.PI / 4, half },
        d3.zoomIdentity.translate(13, 7),
        WIDTH,
        HEIGHT,
      );
      const { settings, problems } = readLink(writeLink({ ...initialSettings, view }));
      expect(problems).toEqual([]);
      expect(settings.view).toEqual(view);
    }
  });
});
