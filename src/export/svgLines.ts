import { type Model, neuronAt } from '../model/model.ts';
import type { RegionComplex } from '../regions/complex/complex.ts';
import { facePolygon } from '../regions/complex/faces.ts';
import { chained, type Polylines } from '../regions/measure/polylines.ts';
import { element, pixel } from './markup.ts';
import { layer, type Place } from './svgPlace.ts';
import type { SvgStyle } from './svgStyle.ts';

/** One polygon per face. */
export function regions(complex: RegionComplex, style: SvgStyle, { x, y }: Place): string {
  const polygons = Array.from({ length: complex.faceCount }, (_, face) => {
    const points = facePolygon(complex, face).map(([u, v]) => `${pixel(x(u))},${pixel(y(v))}`);
    return element('polygon', {
      id: `region-${face + 1}`,
      points: points.join(' '),
      fill: style.fill(complex, face),
    });
  });
  return layer('regions', {}, polygons);
}

/** The edges of every neuron as paths, deepest layer first, so that the creases of the first lie on top. */
export function creases(
  net: Model,
  complex: RegionComplex,
  style: SvgStyle,
  place: Place,
  changes: Uint8Array | undefined,
): string {
  const { twin, origin, halfEdgeNeuron, coordinates } = complex;
  const strong = new Map<number, number[]>();
  const faded = new Map<number, number[]>();
  for (let h = 0; h < twin.length; h++) {
    // The border has no twin; of two twins the first stands for both, and the other one begins where it ends.
    if (twin[h] < h) continue;
    const kind = changes?.[h] === 0 ? faded : strong;
    const segments = kind.get(halfEdgeNeuron[h]) ?? [];
    kind.set(halfEdgeNeuron[h], segments);
    segments.push(origin[h], origin[twin[h]]);
  }
  const paths = (kind: Map<number, number[]>, at: number, end: string) =>
    [...kind.keys()]
      .filter((neuron) => neuronAt(net, neuron).layer === at)
      .sort((a, b) => a - b)
      .map((neuron) =>
        element('path', {
          id: `crease-${at + 1}-${neuronAt(net, neuron).neuron + 1}${end}`,
          d: pathOf(linesOf(kind.get(neuron) ?? [], coordinates), place),
        }),
      );
  const group = (kind: Map<number, number[]>, at: number, end: string, does: boolean) => {
    const { width, opacity } = style.crease(at, does);
    const content = paths(kind, at, end);
    const look = { 'stroke-width': width, 'stroke-opacity': opacity };
    return content.length === 0 ? [] : [layer(`creases-layer-${at + 1}${end}`, look, content)];
  };
  const layers = net.widths
    .flatMap((_, at) => [...group(strong, at, '', true), ...group(faded, at, '-same-map', false)])
    .reverse();
  return layer(
    'creases',
    { fill: 'none', stroke: style.ink, 'stroke-linecap': 'round', 'stroke-linejoin': 'round' },
    layers,
  );
}

/** Chains segments between vertices; only those that occur are numbered anew. */
function linesOf(segments: readonly number[], coordinates: Float64Array): Polylines {
  const nodes = new Map<number, number>();
  const own: number[] = [];
  const renamed = segments.map((vertex) => {
    const known = nodes.get(vertex);
    if (known !== undefined) return known;
    nodes.set(vertex, nodes.size);
    own.push(coordinates[2 * vertex], coordinates[2 * vertex + 1]);
    return nodes.size - 1;
  });
  return chained(renamed, own);
}

function pathOf({ lines, starts, closed }: Polylines, { x, y }: Place): string {
  const parts: string[] = [];
  for (let line = 0; line + 1 < starts.length; line++) {
    const points: string[] = [];
    for (let i = starts[line]; i < starts[line + 1]; i++)
      points.push(`${pixel(x(lines[2 * i]))} ${pixel(y(lines[2 * i + 1]))}`);
    parts.push(`M${points.join('L')}${closed[line] ? 'Z' : ''}`);
  }
  return parts.join('');
}

/** The lines on which an output is zero. */
export function boundary(found: Polylines, style: SvgStyle, place: Place): string {
  const look = { stroke: style.ink, 'stroke-width': style.boundaryWidth, fill: 'none' };
  const content =
    found.starts.length < 2
      ? []
      : [element('path', { id: 'decision-boundary', d: pathOf(found, place) })];
  return layer('boundary', { ...look, 'stroke-linejoin': 'round' }, content);
}
