import type { RegionComplex } from '../regions/complex/complex.ts';

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

/** Björn Ottosson's OKLab, to gamma-encoded sRGB in 0 … 255. */
export function oklabToRgb(L: number, a: number, b: number): [number, number, number] {
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

const hex = (parts: readonly number[]): string =>
  `#${parts.map((v) => Math.round(v).toString(16).padStart(2, '0')).join('')}`;

const palettes = new Map<boolean, readonly string[]>();

/** `#rrggbb` by `regionBucket`: low chroma, so that data and creases stay on top. Computed once per theme. */
export function regionPalette(dark: boolean): readonly string[] {
  let palette = palettes.get(dark);
  if (palette === undefined) {
    const [lightness, chroma, step] = dark ? [0.31, 0.048, 0.016] : [0.91, 0.035, 0.01];
    palette = Array.from({ length: REGION_COLOURS }, (_, bucket) => {
      const angle = (Math.floor(bucket / LEVELS) / HUES) * 2 * Math.PI;
      const L = lightness + ((bucket % LEVELS) - 1) * step;
      return hex(oklabToRgb(L, chroma * Math.cos(angle), chroma * Math.sin(angle)));
    });
    palettes.set(dark, palette);
  }
  return palette;
}

/** `#rrggbb` of the region with the pattern in `words[start … start + count − 1]`. */
export const regionColour = (
  words: ArrayLike<number>,
  dark: boolean,
  start = 0,
  count = words.length,
): string => regionPalette(dark)[regionBucket(words, start, count)];

/**
 * The colour of a face of a complex as the map paints it, `#rrggbb`: pale, and different from its neighbours by
 * construction. It depends on the pattern alone.
 */
export const faceColour = (
  { patterns, words }: Pick<RegionComplex, 'patterns' | 'words'>,
  face: number,
  dark = false,
): string => regionColour(patterns, dark, face * words, words);
