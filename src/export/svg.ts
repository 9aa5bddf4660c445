import type { Samples } from '../data/dataset.ts';
import { InputError } from '../errors.ts';
import type { Model } from '../model/model.ts';
import type { RegionComplex } from '../regions/complex/complex.ts';
import type { Polylines } from '../regions/measure/polylines.ts';
import { element, pixel, textElement } from './markup.ts';
import { boundary, creases, regions } from './svgLines.ts';
import { type Circle, caption, circles, frame, samples } from './svgMarks.ts';
import { AXIS, layer, MARGIN, type Place, placeOf } from './svgPlace.ts';
import { PLAIN_STYLE, type SvgStyle } from './svgStyle.ts';

/** What a picture shows beside the regions and creases. */
export interface SvgOptions {
  /** Of the map, in pixels; the height follows from the box. 800 if not given. */
  readonly width?: number;
  /** In the title of the file. */
  readonly title?: string;
  /** A line under the map. */
  readonly caption?: string;
  /** The address that the caption leads to. */
  readonly link?: string;
  readonly style?: SvgStyle;
  /** `[halfEdges]` from `linearRegions`: creases over which the map does not change are in a group of their own. */
  readonly changes?: Uint8Array;
  /** Where an output is zero, from `decisionBoundary`. */
  readonly boundary?: Polylines;
  readonly train?: Samples;
  /** Drawn hollow. */
  readonly test?: Samples;
  readonly circles?: readonly Circle[];
  /** Whether numbers stand along the left and lower side; true if not given. */
  readonly axes?: boolean;
}

const CAPTION = 26;

/**
 * The regions as an SVG picture that Inkscape and Illustrator open as layers: the groups `regions` (one polygon per
 * activation region), `creases` (a group per hidden layer, a path per neuron), `boundary`, `data`, `circles`, `axes` and
 * `caption`, those that there are. It has presentation attributes only: no style sheet, no script, no transformation. Layers
 * and neurons are numbered from 1, as on the page. Coordinates are in pixels with four decimals.
 *
 * @throws InputError for a complex that is not complete, and for a width out of range
 */
export function regionsSvg(net: Model, complex: RegionComplex, options: SvgOptions = {}): string {
  const { width = 800, title = 'Linear regions of a ReLU network', axes = true } = options;
  if (!complex.complete)
    throw new InputError('a picture needs all regions, but there are more than the limit allows');
  const style = options.style ?? PLAIN_STYLE;
  const place = placeOf(complex, width, axes);
  const whole = {
    width: place.left + place.width + MARGIN,
    height:
      place.top +
      place.height +
      (axes ? AXIS.bottom : MARGIN) +
      (options.caption === undefined ? 0 : CAPTION),
  };
  const described = [options.caption, options.link].filter((part) => part !== undefined);
  const groups = [
    textElement('title', {}, title),
    ...(described.length > 0 ? [textElement('desc', {}, described.join('\n'))] : []),
    clip(place),
    element('rect', {
      id: 'paper',
      width: pixel(whole.width),
      height: pixel(whole.height),
      fill: style.paper,
    }),
    regions(complex, style, place),
    creases(net, complex, style, place, options.changes),
    options.boundary && boundary(options.boundary, style, place),
    data(options, style, place),
    options.circles?.length ? circles(options.circles, style, place) : undefined,
    axes ? frame(complex.box, style, place) : undefined,
    options.caption === undefined
      ? undefined
      : caption(options.caption, options.link, style, place, whole.height),
  ].filter((group) => group !== undefined);
  const root = {
    xmlns: 'http://www.w3.org/2000/svg',
    'xmlns:xlink': 'http://www.w3.org/1999/xlink',
    'xmlns:inkscape': 'http://www.inkscape.org/namespaces/inkscape',
    version: '1.1',
    width: pixel(whole.width),
    height: pixel(whole.height),
    viewBox: `0 0 ${pixel(whole.width)} ${pixel(whole.height)}`,
  };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('svg', root, groups)}\n`;
}

function data({ train, test }: SvgOptions, style: SvgStyle, place: Place): string | undefined {
  if (train === undefined && test === undefined) return undefined;
  const parts = [
    ...(test === undefined ? [] : [samples('data-test', test, true, style, place)]),
    ...(train === undefined ? [] : [samples('data-train', train, false, style, place)]),
  ];
  return layer('data', { 'clip-path': 'url(#view)' }, parts);
}

const clip = ({ left, top, width, height }: Place): string =>
  element('defs', {}, [
    element('clipPath', { id: 'view' }, [
      element('rect', {
        x: pixel(left),
        y: pixel(top),
        width: pixel(width),
        height: pixel(height),
      }),
    ]),
  ]);
