import { describe, expect, it } from 'vitest';
import { makeData } from '../../../src/data/make.ts';
import { datasets } from '../../../src/data/registry.ts';
import { createRandom } from '../../../src/random.ts';

const kinds = datasets.map((kind) => [kind.key, kind] as const);

/** The rule each noise-free dataset follows, written down from its definition. */
const belongs: Record<string, (x: number, y: number, label: number) => boolean> = {
  circle: (x, y, label) =>
    label === 1 ? Math.hypot(x, y) <= 0.45 : Math.hypot(x, y) >= 0.63 - 1e-12,
  xor: (x, y, label) => x * y < 0 === (label === 1),
  gaussians: (x, y, label) => x + y > 0 === (label === 1),
  spiral(x, y, label) {
    const turn = Math.atan2(x, y) / (2 * Math.PI) + (label === 1 ? 0.5 : 0);
    const along = (1.75 * Math.hypot(x, y)) / 0.9 - turn;
    return Math.abs(along - Math.round(along)) < 1e-9;
  },
  moons(x, y, label) {
    const [u, v] = [x / 0.6 + 0.5, y / 0.6 + 0.25];
    const distance = label === 1 ? Math.hypot(u - 1, v - 0.5) : Math.hypot(u, v);
    return Math.abs(distance - 1) < 1e-9 && (label === 1 ? v <= 0.5 : v >= 0);
  },
  checkerboard(x, y, label) {
    const square = (v: number) => Math.floor(((v / 0.9 + 1) / 2) * 4);
    return (square(x) + square(y)) % 2 === label;
  },
};

describe.each(kinds)('the dataset %s', (key, kind) => {
  it('has balanced classes, whatever the count', () => {
    for (const count of [0, 1, 2, 3, 50, 51]) {
      const { labels, points, count: given } = kind.sample(count, 0.1, createRandom(1));
      const ones = [...labels].reduce((sum, label) => sum + label, 0);
      expect(given).toBe(count);
      expect(points.length).toBe(2 * count);
      expect(Math.abs(count - 2 * ones)).toBeLessThanOrEqual(1);
    }
  });

  it('follows its rule when there is no noise', () => {
    const { points, labels } = kind.sample(1000, 0, createRandom(2));
    labels.forEach((label, i) => {
      expect(belongs[key](points[2 * i], points[2 * i + 1], label)).toBe(true);
    });
  });

  it('fills the view without leaving it', () => {
    const { points } = kind.sample(1000, 0, createRandom(3));
    for (const axis of [0, 1]) {
      const values = points.filter((_, i) => i % 2 === axis);
      expect(Math.min(...values)).toBeLessThan(-0.4);
      expect(Math.max(...values)).toBeGreaterThan(0.4);
      expect(Math.max(...values.map(Math.abs))).toBeLessThan(1);
    }
  });

  it('moves points by half the noise, without a drift', () => {
    const still = kind.sample(4000, 0, createRandom(4));
    const noisy = kind.sample(4000, 0.4, createRandom(4));
    const moved = noisy.points.map((value, i) => value - still.points[i]);
    const mean = moved.reduce((sum, v) => sum + v, 0) / moved.length;
    const square = moved.reduce((sum, v) => sum + v * v, 0) / moved.length;
    expect(Math.sqrt(square)).toBeCloseTo(0.2, 2);
    expect(Math.abs(mean)).toBeLessThan(0.01);
  });

  it('is the same for the same seed and another for another', () => {
    const options = { kind: key, count: 60, noise: 0.1, trainFraction: 0.5, seed: 9 };
    expect(makeData(options)).toEqual(makeData(options));
    expect(makeData(options)).not.toEqual(makeData({ ...options, seed: 10 }));
  });
});
