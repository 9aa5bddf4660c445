import { InputError } from '../errors.ts';
import type { RegionComplex } from '../regions/complex/complex.ts';
import { element, pixel, textElement } from './markup.ts';

const FONT = 'Helvetica, Arial, sans-serif';
const FONT_SIZE = 12;
/** Of the map, in pixels. */
const LARGEST = 100_000;
export const MARGIN = 16;
/** Room for the numbers of the axes. */
export const AXIS = { left: 44, bottom: 24 };

/** Plane to pixels. */
export interface Place {
  readonly x: (x: number) => number;
  readonly y: (y: number) => number;
  /** Pixels per unit. */
  readonly scale: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Where a map so wide has its box. Throws `InputError` for a size out of range. */
export function placeOf({ box }: RegionComplex, width: number, axes: boolean): Place {
  const tall = (width * (box.yMax - box.yMin)) / (box.xMax - box.xMin);
  if (!(width >= 16 && width <= LARGEST && tall <= LARGEST))
    throw new InputError(`a picture is from 16 to ${LARGEST} pixels wide, and at most as high`);
  const scale = width / (box.xMax - box.xMin);
  const left = axes ? AXIS.left : MARGIN;
  const top = MARGIN;
  return {
    x: (x) => left + (x - box.xMin) * scale,
    y: (y) => top + (box.yMax - y) * scale,
    scale,
    left,
    top,
    width,
    height: tall,
  };
}

/** A group that Inkscape shows as a layer of the same name, as Illustrator does with ids. */
export const layer = (id: string, attributes: Record<string, string | number>, content: string[]) =>
  element('g', { id, 'inkscape:groupmode': 'layer', 'inkscape:label': id, ...attributes }, content);

/** A short text at a point, after which it begins, in whose middle it stands, or at which it ends. */
export const label = (
  x: number,
  y: number,
  text: string,
  fill: string,
  anchor: 'start' | 'middle' | 'end',
): string =>
  textElement(
    'text',
    {
      x: pixel(x),
      y: pixel(y),
      fill,
      'font-family': FONT,
      'font-size': FONT_SIZE,
      'text-anchor': anchor,
    },
    text,
  );
