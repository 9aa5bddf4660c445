import { interpolateCividis, rgb } from 'd3';

const HUES = 360;
const LEVELS = 3;

/** Mixes an integer into 32 well-spread bits (the finaliser of MurmurHash3). */
function mix(n: number): number {
  let h = Math.imul(n ^ (n >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * The hash of a pattern is a sum over its active neurons, so that crossing the crease of neuron i turns the hue
 * by exactly ±turn(i), never less than 70°, and always changes the lightness level: neighbours differ by
 * construction, where an ordinary hash would let one pair in a few look alike.
 */
const turn = (neuron: number): number => 70 + (mix(neuron + 1) % 221);
const lift = (neuron: number): number => 1 + (mix(neuron + 0x9e3779b9) & 1);

/** Hue and level contributed by every value of every byte of a pattern, built as longer patterns come along. */
const byteTables: Uint16Array[] = [];

function byteTable(position: number): Uint16Array {
  let table = byteTables[position];
  if (table === undefined) {
    table = new Uint16Array(256);
    for (let value = 0; value < 256; value++) {
      let hue = 0;
      let level = 0;
      for (let bit = 0; bit < 8; bit++) {
        if ((value >> bit) & 1) {
          hue += turn(position * 8 + bit);
          level += lift(position * 8 + bit);
        }
      }
      table[value] = (hue % HUES) * LEVELS + (level % LEVELS);
    }
    byteTables[position] = table;
  }
  return table;
}

/** Number of entries in a region palette. */
export const REGION_COLOURS = HUES * LEVELS;

/** Index into a region palette of the pattern in `words[start … start + count − 1]`; it depends on the pattern alone. */
export function regionBucket(words: ArrayLike<number>, start = 0, count = words.length): number {
  let hue = 0;
  let level = 0;
  for (let w = 0; w < count; w++) {
    const word = words[start + w];
    if (word === 0) continue;
    for (let byte = 0; byte < 4; byte++) {
      const entry = byteTable(w * 4 + byte)[(word >>> (8 * byte)) & 255];
      hue += Math.floor(entry / LEVELS);
      level += entry % LEVELS;
    }
  }
  return (hue % HUES) * LEVELS + (level % LEVELS);
}

/** Björn Ottosson's OKLab, from and to gamma-encoded sRGB in 0 … 255. */
function oklabToRgb(L: number, a: number, b: number): [number, number, number] {
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const encode = (u: number) =>
    255 * Math.min(1, Math.max(0, u <= 0.0031308 ? 12.92 * u : 1.055 * u ** (1 / 2.4) - 0.055));
  return [
    encode(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    encode(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    encode(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

/** From a CSS colour. */
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

const palettes = new Map<boolean, readonly string[]>();

/** CSS colours by `regionBucket`: low chroma, so that data and creases stay on top. Computed once per theme. */
export function regionPalette(dark: boolean): readonly string[] {
  let palette = palettes.get(dark);
  if (palette === undefined) {
    const [lightness, chroma, step] = dark ? [0.31, 0.048, 0.016] : [0.91, 0.035, 0.01];
    palette = Array.from({ length: REGION_COLOURS }, (_, bucket) => {
      const angle = (Math.floor(bucket / LEVELS) / HUES) * 2 * Math.PI;
      const L = lightness + ((bucket % LEVELS) - 1) * step;
      return rgb(...oklabToRgb(L, chroma * Math.cos(angle), chroma * Math.sin(angle))).formatHex();
    });
    palettes.set(dark, palette);
  }
  return palette;
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

/** CSS colour of the region with the pattern in `words[start … start + count − 1]`. */
export const regionColour = (
  words: ArrayLike<number>,
  dark: boolean,
  start = 0,
  count = words.length,
): string => regionPalette(dark)[regionBucket(words, start, count)];

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
