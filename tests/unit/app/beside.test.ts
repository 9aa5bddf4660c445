import { describe, expect, it } from 'vitest';
import { placeBeside } from '../../../app/map/beside.ts';

const map = { width: 800, height: 600 };
const size = { width: 216, height: 120 };
const disc = (x: number, y: number, r: number) => ({
  left: x - r,
  top: y - r,
  width: 2 * r,
  height: 2 * r,
  weight: 2,
});

const meets = (
  { left, top }: { left: number; top: number },
  o: { left: number; top: number; width: number; height: number },
) =>
  left < o.left + o.width &&
  left + size.width > o.left &&
  top < o.top + o.height &&
  top + size.height > o.top;

describe('what is said beside the pointer', () => {
  it('stands inside the map and not under the pointer, wherever the pointer is', () => {
    for (let px = 0; px <= map.width; px += 20)
      for (let py = 0; py <= map.height; py += 20) {
        const place = placeBeside({ px, py }, size, map, [], null);
        expect(place.left).toBeGreaterThanOrEqual(4);
        expect(place.top).toBeGreaterThanOrEqual(4);
        expect(place.left + size.width).toBeLessThanOrEqual(map.width - 4);
        expect(place.top + size.height).toBeLessThanOrEqual(map.height - 4);
        expect(meets(place, { left: px, top: py, width: 0.01, height: 0.01 })).toBe(false);
      }
  });

  it('lies over no circle that the pointer stands beside', () => {
    const circle = disc(400, 300, 90);
    for (let turn = 0; turn < 24; turn++) {
      const angle = (turn / 24) * 2 * Math.PI;
      const [px, py] = [400 + 110 * Math.cos(angle), 300 + 110 * Math.sin(angle)];
      const place = placeBeside({ px, py }, size, map, [circle], null);
      expect(meets(place, circle), `${turn}`).toBe(false);
    }
  });

  it('stays on its side while that is no worse', () => {
    const before = placeBeside({ px: 300, py: 300 }, size, map, [], 3);
    expect(before.side).toBe(3);
    const moved = placeBeside({ px: 300, py: 300 }, size, map, [disc(200, 220, 60)], 3);
    expect(moved.side).not.toBe(3);
  });
});
