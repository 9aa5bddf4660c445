import { describe, expect, it } from 'vitest';
import { drawnIndices } from '../../../app/charts/decimate.ts';
import { affineName, affineText } from '../../../app/panels/inspector/affine.ts';
import { type Flag, placeFlags, powerTicks } from '../../../app/panels/inspector/flags.ts';
import {
  axisLimit,
  barPath,
  countNeurons,
  hasArrow,
  layerC,
  neuronKind,
  rowPitch,
} from '../../../app/panels/inspector/intervals.ts';
import { readNumber } from '../../../app/panels/inspector/readNumber.ts';
import type { LayerBounds } from '../../../app/session/measured.ts';

describe('a number typed into the inspector', () => {
  it('is read with point or comma, and with either minus sign', () => {
    expect(readNumber(' 0,5 ', 0, 1)).toEqual({ value: 0.5, problem: null });
    expect(readNumber('−1e-3', -1, 1)).toEqual({ value: -0.001, problem: null });
    expect(readNumber('1', 0, 1)).toEqual({ value: 1, problem: null });
  });

  it('is refused in words when it is none, or lies outside the limits', () => {
    const problem = (text: string) => readNumber(text, 1e-6, 100).problem;
    expect(problem('abc')).toBe('“abc” is not a number');
    expect(problem(' ')).toBe('nothing was typed');
    expect(problem('1e999')).toBe('“1e999” is not between 1 × 10⁻⁶ and 100');
    expect(problem('0')).toBe('“0” is not between 1 × 10⁻⁶ and 100');
    expect(problem('NaN')).toBe('“NaN” is not a number');
  });
});

const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('the labels of the ruler', () => {
  const span = 304;
  const flagsAt = (...xs: number[]): Flag[] =>
    xs.map((x, i) => ({ x, width: [55, 95, 80][i], prefer: i === 2 ? 'left' : 'right' }));

  it('never overlap nor leave the axis, wherever the marks stand', () => {
    for (let a = 7; a <= 297; a += 29) {
      for (let b = a; b <= 297; b += 29) {
        for (let c = b; c <= 297; c += 29) {
          const flags = flagsAt(a, b, c);
          const placed = placeFlags(flags, span);
          const texts = placed.map(({ row, side }, i) => ({
            row,
            from: flags[i].x - (side === 'left' ? flags[i].width : 0),
            to: flags[i].x + (side === 'left' ? 0 : flags[i].width),
          }));
          for (const [i, text] of texts.entries()) {
            expect(text.from).toBeGreaterThanOrEqual(0);
            expect(text.to).toBeLessThanOrEqual(span);
            for (const other of texts.slice(i + 1)) {
              const apart = text.row !== other.row || text.to < other.from || other.to < text.from;
              expect(apart).toBe(true);
            }
          }
        }
      }
    }
  });

  it('stay in the lowest row while they fit side by side', () => {
    expect(placeFlags(flagsAt(10, 100, 297), span).map((p) => p.row)).toEqual([0, 0, 0]);
  });

  it('stack when all three marks are one', () => {
    const rows = placeFlags(flagsAt(7, 7, 7), span).map((p) => p.row);
    expect(rows.sort()).toEqual([0, 1, 2]);
  });

  it('have at most seven ticks below them, from 2⁰ on, up to C = 512', () => {
    expect(powerTicks(1, 6)).toEqual([0, 1]);
    expect(powerTicks(11, 6)).toEqual([0, 2, 4, 6, 8, 10]);
    expect(powerTicks(512, 6)).toEqual([0, 128, 256, 384, 512]);
    for (let max = 1; max <= 512; max++) expect(powerTicks(max, 6).length).toBeLessThanOrEqual(7);
  });
});

describe('the interval strip', () => {
  const layer: LayerBounds = {
    A: [1, -1, 0.1, -0.2, 0],
    U: [0.5, 0, 0.4, 0.1, 0],
    rawU: [0.5, 0.5, 0.4, 0.3, 0],
    P: [0, 0, 1, 1, 0],
    S: [0, 0, 1, 1, 0],
  };

  it('tells false alarms from neurons that do switch, once the truth is known', () => {
    const kinds = (truth: number[] | null) =>
      [0, 1, 2, 3, 4].map((j) => neuronKind(layer, truth, j));
    expect(kinds([0, 0, 1, 0, 0])).toEqual(['on', 'off', 'open', 'alarm', 'off']);
    expect(kinds(null)).toEqual(['on', 'off', 'open', 'open', 'off']);
    expect(layerC(layer)).toBe(2);
  });

  it('calls undecided what C counts, false alarms among them', () => {
    expect(
      countNeurons(
        [layer, layer],
        [
          [0, 0, 1, 0, 0],
          [0, 0, 0, 0, 0],
        ],
      ),
    ).toEqual({
      on: 2,
      off: 4,
      undecided: 2 * layerC(layer),
      parts: { switching: 1, alarms: 3 },
    });
    expect(countNeurons([layer], null)).toMatchObject({ undecided: layerC(layer), parts: null });
  });

  it('speaks of an arrow only where one is drawn', () => {
    expect(hasArrow(layer)).toBe(false);
    const A = [1, 2, -1, 1.5, -2, 1, 1, 5000];
    const none = A.map(() => 0);
    const wide: LayerBounds = { A, U: none, rawU: none, P: none, S: none };
    expect(hasArrow(wide)).toBe(true);
    // A bar with an arrow has a head: a path that is no rectangle.
    const limit = axisLimit(wide);
    const isRectangle = (j: number, from: LayerBounds, most: number) =>
      !/L/.test(barPath({ width: 300, pitch: 9, limit: most }, j, from.A[j], from.rawU[j]));
    expect(A.map((_, j) => isRectangle(j, wide, limit))).toEqual(A.map((a) => a < 5000));
    const most = axisLimit(layer);
    expect([0, 1, 2, 3, 4].every((j) => isRectangle(j, layer, most))).toBe(true);
  });

  it('does not let one huge neuron flatten the others', () => {
    const A = [1, 2, -1, 1.5, -2, 1, 1, 5000];
    const rawU = A.map(() => 0);
    const limit = axisLimit({ A, U: rawU, rawU, P: rawU, S: rawU });
    expect(limit).toBeGreaterThanOrEqual(2);
    expect(limit).toBeLessThan(10);
  });

  it('has an axis even for a layer of zeros', () => {
    const zeros = [0, 0];
    expect(axisLimit({ A: zeros, U: zeros, rawU: zeros, P: zeros, S: zeros })).toBe(1);
  });

  it('keeps every bar within its row and its picture, and draws nothing that is not a number', () => {
    const box = { width: 300, pitch: 3, limit: 1 };
    const reach = [0, 0.001, 0.7, 5, 1e9];
    for (const centre of [0, 0.3, -1, 7, -1e9]) {
      for (const r of reach) {
        const path = barPath(box, 4, centre, r);
        const points = [...path.matchAll(/([MLHV])(-?[\d.]+)(?:,(-?[\d.]+))?/g)];
        expect(points.length).toBeGreaterThan(3);
        for (const [, command, first, second] of points) {
          if (command !== 'V') expect(Math.abs(Number(first) - 150)).toBeLessThanOrEqual(150);
          const y = command === 'V' ? first : second;
          if (y !== undefined) expect(Math.abs(Number(y) - 13.5)).toBeLessThanOrEqual(1.5);
        }
      }
    }
    expect(barPath(box, 0, Number.NaN, 1)).toBe('');
    expect(barPath(box, 0, 1, Number.POSITIVE_INFINITY)).toBe('');
  });

  it('gives every row at least 3 px, and fewer neurons more', () => {
    expect(rowPitch(1)).toBe(14);
    expect(rowPitch(64)).toBe(8);
    expect(rowPitch(512)).toBe(3);
  });
});

describe('the affine map in words', () => {
  it('reads like a formula', () => {
    expect(plain(affineText([1.2, -0.3], 0.5))).toBe('1.2 x − 0.3 y + 0.5');
    expect(plain(affineText([-1, 1], 0))).toBe('−x + y');
    expect(plain(affineText([0, 0], -0.25))).toBe('−0.25');
    expect(plain(affineText([0, 0], 0))).toBe('0');
    expect(plain(affineText([0, 2, 0], 1))).toBe('2 x₂ + 1');
  });

  it('names outputs when there are several', () => {
    expect(affineName(2, 0, 1)).toBe('f(x, y)');
    expect(affineName(2, 1, 3)).toBe('f₂(x, y)');
    expect(affineName(36, 0, 1)).toBe('f(x)');
  });
});

describe('a long series on a small chart', () => {
  it('keeps its ends and its one-sample spike with a few hundred points', () => {
    const values = Float64Array.from({ length: 100_000 }, (_, i) => Math.sin(i / 5000));
    values[31_337] = 9;
    values[62_000] = -9;
    const drawn = drawnIndices(values, 150);
    expect(drawn.length).toBeLessThanOrEqual(302);
    expect(drawn).toContain(31_337);
    expect(drawn).toContain(62_000);
    expect([drawn[0], drawn.at(-1)]).toEqual([0, 99_999]);
    for (let i = 1; i < drawn.length; i++) expect(drawn[i]).toBeGreaterThan(drawn[i - 1]);
  });

  it('keeps a stretch without values as a gap', () => {
    const values = Float64Array.from({ length: 1000 }, (_, i) =>
      i > 300 && i < 700 ? Number.NaN : i,
    );
    expect(drawnIndices(values, 50).some((i) => Number.isNaN(values[i]))).toBe(true);
  });
});
