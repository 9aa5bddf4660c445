import { excerpt } from '../errors.ts';
import { type Field, type NumberField, numberField, plainNumber, type Reading } from './field.ts';

export const MAX_HIDDEN_LAYERS = 8;
export const MAX_CIRCLES = 12;
export const MAX_DRAWN_POINTS = 1000;

/** The width of one hidden layer. */
export const layerWidthField = (label: string): NumberField =>
  numberField({ label, initial: 8, min: 1, max: 256, whole: true, scale: 'log' });

/** Widths of a network for planar data, "2-8-8-1": two inputs, 1–8 hidden layers of 1–256 neurons, one output. */
export function widthsField(label: string, initial: readonly number[]): Field<readonly number[]> {
  const write = (widths: readonly number[]) => widths.join('-');
  const { min, max } = layerWidthField(label);
  const fallback = (problem: string): Reading<readonly number[]> => ({
    value: initial,
    problem: `${label}: ${problem}; ${write(initial)} is used.`,
  });
  return {
    label,
    initial,
    write,
    read(text) {
      const widths = text.split('-').map(Number);
      if (!widths.every((w) => Number.isInteger(w) && w >= min))
        return fallback(`“${excerpt(text)}” is not a list of widths like 2-8-8-1`);
      if (widths.length < 3 || widths[0] !== 2 || widths[widths.length - 1] !== 1)
        return fallback(
          `“${excerpt(text)}” must start with 2 inputs, end with 1 output, and have a hidden layer`,
        );
      const hidden = widths.slice(1, -1);
      const kept = hidden.slice(0, MAX_HIDDEN_LAYERS).map((w) => Math.min(max, w));
      const value = [2, ...kept, 1];
      if (write(value) === write(widths)) return { value };
      return {
        value,
        problem: `${label}: at most ${MAX_HIDDEN_LAYERS} hidden layers of ${max} neurons; ${write(value)} is used.`,
      };
    },
  };
}

/** Decimals that place a point to a millionth of `size`. */
const decimalsFor = (size: number): number =>
  Math.min(20, Math.max(0, 6 - Math.floor(Math.log10(size))));

const rounded = (v: number, decimals: number): number => Number(v.toFixed(decimals)) + 0;

interface Limits {
  readonly min: number;
  readonly max: number;
  readonly whole?: boolean;
}

/** The largest coordinate of circles and drawn points. */
export const PLACE_LIMITS: Limits = { min: -1e6, max: 1e6 };
export const RADIUS_LIMITS: Limits = { min: 1e-12, max: 100 };

const clamp = ({ min, max, whole = false }: Limits, value: number): number =>
  Math.min(max, Math.max(min, whole ? Math.round(value) : value)) + 0;

/** A coordinate set by hand on a map, to a millionth of `size`: more digits would only lengthen the link. */
export const tidyPlace = (v: number, size: number): number =>
  clamp(PLACE_LIMITS, rounded(v, decimalsFor(size)));

/** A disc of the input plane: its centre, and its radius. */
export type Disc = Readonly<Record<'x' | 'y' | 'r', number>>;

export const clampDisc = ({ x, y, r }: Disc): Disc => ({
  x: clamp(PLACE_LIMITS, x),
  y: clamp(PLACE_LIMITS, y),
  r: clamp(RADIUS_LIMITS, r),
});

/** A circle set by hand on a map whose shorter side is 2 · `half`. */
export function tidyDisc({ x, y, r }: Disc, half: number): Disc {
  const size = Math.min(half, r);
  return clampDisc({ x: tidyPlace(x, size), y: tidyPlace(y, size), r: Number(r.toPrecision(9)) });
}

const kept = (count: number): string =>
  count === 0 ? 'none is used' : `${count} ${count === 1 ? 'is' : 'are'} used`;

/**
 * A list of tuples of numbers, "x,y,r;x,y,r". Every entry is clamped to its limits; an entry that is not a tuple of
 * finite numbers is dropped, and the result says how many were.
 */
export function tuplesField(
  label: string,
  limits: readonly Limits[],
  most: number,
): Field<readonly (readonly number[])[]> {
  return {
    label,
    initial: [],
    write: (tuples) => tuples.map((tuple) => tuple.map(plainNumber).join(',')).join(';'),
    read(text) {
      const parts = text.split(';').filter((part) => part.trim() !== '');
      const tuples: number[][] = [];
      let clamped = 0;
      let unread = 0;
      for (const part of parts) {
        const asked = part.split(',').map((v) => (v.trim() === '' ? Number.NaN : Number(v)));
        if (asked.length !== limits.length || !asked.every(Number.isFinite)) {
          unread++;
          continue;
        }
        const tuple = asked.map((v, i) => clamp(limits[i], v));
        if (tuple.some((v, i) => v !== asked[i])) clamped++;
        if (tuples.length < most) tuples.push(tuple);
      }
      const dropped = parts.length - tuples.length - unread;
      const problems = [
        unread > 0 ? `${unread} of ${parts.length} could not be read` : '',
        dropped > 0 ? `${dropped} left out (at most ${most})` : '',
        clamped > 0 ? `${clamped} moved inside the limits` : '',
      ].filter(Boolean);
      return problems.length === 0
        ? { value: tuples }
        : { value: tuples, problem: `${label}: ${problems.join(', ')}; ${kept(tuples.length)}.` };
    },
  };
}

/** The part of the plane on the map: centre and half the shorter side, "x,y,half". */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly half: number;
}

export const VIEW_LIMITS = {
  centre: 1e6,
  minHalf: 1e-12,
  maxHalf: 1e6,
  /**
   * The smallest view, as a share of the centre's distance from 0: below it the steps of 64-bit coordinates become
   * visible.
   */
  depth: 1e-12,
};

/** The least half-width of a view about a centre. */
export const minHalfAt = (x: number, y: number): number =>
  Math.max(VIEW_LIMITS.minHalf, VIEW_LIMITS.depth * Math.max(Math.abs(x), Math.abs(y)));

export const clampView = (view: View): View => {
  const inside = (v: number) => Math.min(VIEW_LIMITS.centre, Math.max(-VIEW_LIMITS.centre, v)) + 0;
  const [x, y] = [inside(view.x), inside(view.y)];
  return { x, y, half: Math.min(VIEW_LIMITS.maxHalf, Math.max(minHalfAt(x, y), view.half)) };
};

/** The view without the digits that are far below a pixel: zooming out again should end at 0, not at 5e-16. */
export function tidyView({ x, y, half }: View): View {
  const decimals = decimalsFor(half);
  return { x: rounded(x, decimals), y: rounded(y, decimals), half: Number(half.toPrecision(8)) };
}

export function viewField(label: string, initial: View): Field<View> {
  const write = ({ x, y, half }: View) => [x, y, half].map(plainNumber).join(',');
  return {
    label,
    initial,
    write,
    read(text) {
      const asked = text.split(',').map((v) => (v.trim() === '' ? Number.NaN : Number(v)));
      if (asked.length !== 3 || !asked.every(Number.isFinite) || asked[2] <= 0)
        return {
          value: initial,
          problem: `${label}: “${excerpt(text)}” is not x,y,half-width; ${write(initial)} is used.`,
        };
      const given = { x: asked[0], y: asked[1], half: asked[2] };
      const value = clampView(given);
      if (write(value) === write(given)) return { value };
      return {
        value,
        problem: `${label}: ${excerpt(text)} lies outside the limits; ${write(value)} is used.`,
      };
    },
  };
}

/** A set of names out of a known list, "a,b". */
export function setField<K extends string>(
  label: string,
  known: readonly K[],
): Field<readonly K[]> {
  return {
    label,
    initial: [],
    write: (names) => names.join(','),
    read(text) {
      const asked = text.split(',').filter((name) => name !== '');
      const value = known.filter((name) => asked.includes(name));
      const wrong = asked.filter((name) => !(known as readonly string[]).includes(name));
      return wrong.length === 0
        ? { value }
        : {
            value,
            problem: `${label}: “${excerpt(wrong.join(', '))}” is not one of ${known.join(', ')}; ${value.length === 0 ? 'nothing' : value.join(', ')} is hidden.`,
          };
    },
  };
}
