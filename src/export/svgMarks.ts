import type { Samples } from '../data/dataset.ts';
import type { Box } from '../regions/complex/complex.ts';
import { ticks } from './axes.ts';
import { element, escaped, pixel, plain } from './markup.ts';
import { label, layer, type Place } from './svgPlace.ts';
import type { SvgStyle } from './svgStyle.ts';

/** A circle of the plane. */
export interface Circle {
  readonly x: number;
  readonly y: number;
  readonly r: number;
}

/** Half the size of a sample's mark. */
const MARK = 3.2;

/** Circles for class 0, squares for class 1, and on in turn: the shape tells neighbours apart without the colour. */
export function samples(
  id: string,
  { count, points, labels }: Samples,
  hollow: boolean,
  style: SvgStyle,
  { x, y, left, top, width, height }: Place,
): string {
  const content: string[] = [];
  for (let i = 0; i < count; i++) {
    const [u, v] = [x(points[2 * i]), y(points[2 * i + 1])];
    const isOut = (at: number, from: number, size: number) =>
      at < from - MARK || at > from + size + MARK;
    if (isOut(u, left, width) || isOut(v, top, height)) continue;
    const colour = style.classes[labels[i] % style.classes.length];
    const look = hollow
      ? { fill: style.paper, stroke: colour, 'stroke-width': 1.6 }
      : { fill: colour, stroke: style.paper, 'stroke-width': 1 };
    const half = 0.9 * MARK;
    content.push(
      labels[i] % 2 === 0
        ? element('circle', { cx: pixel(u), cy: pixel(v), r: MARK, ...look })
        : element('rect', {
            x: pixel(u - half),
            y: pixel(v - half),
            width: plain(2 * half, 4),
            height: plain(2 * half, 4),
            ...look,
          }),
    );
  }
  return element('g', { id }, content);
}

/** Circles with their numbers. */
export function circles(given: readonly Circle[], style: SvgStyle, { x, y, scale }: Place): string {
  const content = given.flatMap((circle, i) => [
    element('circle', {
      id: `circle-${i + 1}`,
      cx: pixel(x(circle.x)),
      cy: pixel(y(circle.y)),
      r: pixel(circle.r * scale),
      fill: 'none',
      stroke: style.circle,
      'stroke-width': 2,
    }),
    label(x(circle.x), y(circle.y) - circle.r * scale - 5, `${i + 1}`, style.circle, 'middle'),
  ]);
  return layer('circles', { 'clip-path': 'url(#view)' }, content);
}

/** The border of the box, and numbers along it. */
export function frame(box: Box, style: SvgStyle, place: Place): string {
  const { left, top, width, height } = place;
  const bottom = top + height;
  const about = (size: number) => Math.max(2, Math.round(size / 100));
  const line = (x1: number, y1: number, x2: number, y2: number) =>
    element('line', {
      x1: pixel(x1),
      y1: pixel(y1),
      x2: pixel(x2),
      y2: pixel(y2),
      stroke: style.muted,
    });
  const across = ticks(box.xMin, box.xMax, about(width)).flatMap(({ value, text }) => [
    line(place.x(value), bottom, place.x(value), bottom + 4),
    label(place.x(value), bottom + 16, text, style.muted, 'middle'),
  ]);
  const up = ticks(box.yMin, box.yMax, about(height)).flatMap(({ value, text }) => [
    line(left - 4, place.y(value), left, place.y(value)),
    label(left - 7, place.y(value) + 4, text, style.muted, 'end'),
  ]);
  const border = element('rect', {
    x: pixel(left),
    y: pixel(top),
    width: pixel(width),
    height: pixel(height),
    fill: 'none',
    stroke: style.muted,
  });
  return layer('axes', {}, [border, ...across, ...up]);
}

/** A line under the map, which leads to the link. */
export function caption(
  text: string,
  link: string | undefined,
  style: SvgStyle,
  { left }: Place,
  height: number,
): string {
  const line = label(left, height - 10, text, style.ink, 'start');
  const content = link === undefined ? line : `<a xlink:href="${escaped(link)}">${line}</a>`;
  return layer('caption', {}, [content]);
}
