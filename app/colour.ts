import { interpolateCividis, rgb } from 'd3';
import { oklabToRgb, regionPalette } from '../src/export/regionColours.ts';

/** Björn Ottosson's OKLab of a CSS colour. */
export function rgbToOklab(css: string): [number, number, number] {
  const { r, g, b } = rgb(css);
  const [R, G, B] = [r, g, b].map((v) =>
    v <= 10.31475 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4,
  );
  const l = Math.cbrt(0.4122214708 * R + 0.5363325363 * G + 0.0514459929 * B);
  const m = Math.cbrt(0.2119034982 * R + 0.6806995451 * G + 0.1073969566 * B);
  const s = Math.cbrt(0.0883024619 * R + 0.2817188376 * G + 0.6299787005 * B);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** A CSS colour as 0xRRGGBB. */
export function packedColour(css: string): number {
  const { r, g, b } = rgb(css);
  return (r << 16) | (g << 8) | b;
}

const packedPalettes = new Map<boolean, Uint32Array>();

/** `regionPalette` as 0xRRGGBB. */
export function packedPalette(dark: boolean): Uint32Array {
  const palette =
    packedPalettes.get(dark) ?? Uint32Array.from(regionPalette(dark), (css) => packedColour(css));
  packedPalettes.set(dark, palette);
  return palette;
}

function table(colourAt: (t: number) => readonly [number, number, number]): Uint8ClampedArray {
  const rgba = new Uint8ClampedArray(1024);
  for (let i = 0; i < 256; i++) {
    const [r, g, b] = colourAt(i / 255);
    rgba.set([r, g, b, 255], 4 * i);
  }
  return rgba;
}

/** `[256 × RGBA]` cividis, dark blue to yellow, for counts. */
export function countTable(): Uint8ClampedArray {
  return table((t) => {
    const { r, g, b } = rgb(interpolateCividis(t));
    return [r, g, b];
  });
}

/** How far the ends of the output colours go towards those of the classes: samples must stand out on them. */
const MOST_OUTPUT = 0.62;

/**
 * `[256 × RGBA]` for outputs: towards class 0 (blue) at entry 0, the paper of the theme in the middle, towards
 * class 1 (vermilion) at entry 255, blended in OKLab so that equal steps look equal.
 */
export function outputTable(dark: boolean): Uint8ClampedArray {
  const middle = rgbToOklab(dark ? '#16181b' : '#fbfbf9');
  const ends = [rgbToOklab('#0072b2'), rgbToOklab('#d55e00')];
  return table((t) => {
    const end = ends[t < 0.5 ? 0 : 1];
    const share = MOST_OUTPUT * Math.abs(2 * t - 1);
    const [L, a, b] = middle.map((from, i) => from + share * (end[i] - from));
    return oklabToRgb(L, a, b);
  });
}
