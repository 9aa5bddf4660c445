import { hcl, hsl, lab as labColour, rgb } from 'd3';
import { describe, expect, it } from 'vitest';
import { countTable, outputTable } from '../../../app/colour.ts';
import {
  REGION_COLOURS,
  regionBucket,
  regionColour,
  regionPalette,
} from '../../../src/export/regionColours.ts';

const hueOf = (bucket: number) => Math.floor(bucket / 3);
const apart = (a: number, b: number) => {
  const d = Math.abs(a - b) % 360;
  return Math.min(d, 360 - d);
};

describe('region colours', () => {
  it('turn by at least 70° across every crease of a 512-neuron network', () => {
    const words = Uint32Array.from({ length: 16 }, (_, i) => Math.imul(i + 1, 0x9e3779b9) >>> 0);
    const here = regionBucket(words);
    for (let neuron = 0; neuron < 512; neuron++) {
      const across = words.slice();
      across[neuron >> 5] ^= 1 << (neuron & 31);
      const there = regionBucket(across);
      expect(apart(hueOf(here), hueOf(there))).toBeGreaterThanOrEqual(70);
      expect(there % 3).not.toBe(here % 3);
    }
  });

  it('depend on the pattern alone, wherever it stands in an array', () => {
    const packed = Uint32Array.from([7, 9, 0xdeadbeef, 3, 5]);
    expect(regionBucket(packed, 2, 2)).toBe(regionBucket([0xdeadbeef, 3]));
    expect(regionColour(packed, false, 2, 2)).toBe(
      regionPalette(false)[regionBucket(packed, 2, 2)],
    );
  });

  it('use the palette evenly over all patterns of 16 neurons', () => {
    const used = new Uint32Array(REGION_COLOURS);
    for (let pattern = 0; pattern < 65536; pattern++) used[regionBucket([pattern])]++;
    expect(used.every((n) => n > 0)).toBe(true);
    expect(Math.max(...used)).toBeLessThan((3 * 65536) / REGION_COLOURS);
  });

  it('stay quiet: pale on paper, deep in the dark, never out of the sRGB gamut', () => {
    for (const dark of [false, true]) {
      for (const css of regionPalette(dark)) {
        const { l } = hsl(css);
        expect(dark ? l < 0.3 : l > 0.8).toBe(true);
        const { r, g, b } = rgb(css);
        expect(Math.max(r, g, b)).toBeLessThan(255);
        expect(Math.min(r, g, b)).toBeGreaterThan(0);
      }
    }
  });
});

describe('lookup tables', () => {
  it('run from blue over the paper to vermilion', () => {
    for (const [dark, middle] of [
      [false, 0xfb],
      [true, 0x16],
    ] as const) {
      const table = outputTable(dark);
      expect(Math.abs(table[4 * 128] - middle)).toBeLessThan(4);
      const low = hcl(rgb(table[0], table[1], table[2]));
      const high = hcl(rgb(table[1020], table[1021], table[1022]));
      expect(apart(low.h, hcl('#0072b2').h)).toBeLessThan(25);
      expect(apart(high.h, hcl('#d55e00').h)).toBeLessThan(25);
    }
  });

  it('leave the samples of both classes visible on the ends of the output colours', () => {
    const lab = (css: string) => [labColour(css).l, labColour(css).a, labColour(css).b];
    for (const [dark, classes] of [
      [false, ['#0072b2', '#d55e00']],
      [true, ['#56b4e9', '#d55e00']],
    ] as const) {
      const table = outputTable(dark);
      for (const [i, entry] of [0, 1020].entries()) {
        const end = lab(rgb(table[entry], table[entry + 1], table[entry + 2]).formatHex());
        const sample = lab(classes[i]);
        expect(Math.hypot(...end.map((v, k) => v - sample[k]))).toBeGreaterThan(20);
      }
    }
  });

  it('grow lighter with every larger count', () => {
    const counts = countTable();
    const luminance = (i: number) =>
      0.2126 * counts[4 * i] + 0.7152 * counts[4 * i + 1] + 0.0722 * counts[4 * i + 2];
    for (let i = 8; i < 256; i += 8) expect(luminance(i)).toBeGreaterThan(luminance(i - 8));
  });
});
