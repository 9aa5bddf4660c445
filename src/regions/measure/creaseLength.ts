import { type Model, neuronAt } from '../../model/model.ts';
import type { Box, RegionComplex } from '../complex/complex.ts';
import { outline } from '../subdivide/domain.ts';
import { CompensatedSum } from './compensatedSum.ts';

/** How long the creases are. */
export interface CreaseLength {
  /** Length of all creases, in units of the input plane. */
  readonly total: number;
  /** `[hidden layers]` */
  readonly perLayer: Float64Array;
  /** `[N]`, by flat index. Where creases coincide, the length is that of the neuron that comes first. */
  readonly perNeuron: Float64Array;
}

/** Which creases are measured, and where. */
export interface CreaseLengthOptions {
  /** Only what lies inside; the whole domain of the complex if not given. */
  readonly window?: Box;
  /** `[halfEdges]`, from `linearRegions`: only creases across which the affine map changes. */
  readonly changes?: Uint8Array;
}

/**
 * The length of the creases inside a window, the one-dimensional volume of the boundary that Hanin & Rolnick (2019)
 * measure. With `changes` it is that of the boundary between linear regions, without that between activation regions.
 * A crease along the border of the window is not inside. The length of an edge is accurate to a few units in the last
 * place, given its rounded ends; sums are compensated.
 *
 * @throws InputError for a window that is empty or not finite
 */
export function creaseLength(
  net: Model,
  complex: RegionComplex,
  { window, changes }: CreaseLengthOptions = {},
): CreaseLength {
  const { twin, origin, coordinates, halfEdgeNeuron } = complex;
  if (window !== undefined) outline(window);
  const neurons = Array.from({ length: net.neurons }, () => new CompensatedSum());
  for (let h = 0; h < twin.length; h++) {
    const t = twin[h];
    if (t < h || changes?.[h] === 0) continue;
    const p = 2 * origin[h];
    const q = 2 * origin[t];
    const dx = coordinates[q] - coordinates[p];
    const dy = coordinates[q + 1] - coordinates[p + 1];
    const share =
      window === undefined ? 1 : shareInside(window, coordinates[p], coordinates[p + 1], dx, dy);
    if (share > 0) neurons[halfEdgeNeuron[h]].add(share * Math.hypot(dx, dy));
  }
  const perNeuron = Float64Array.from(neurons, ({ value }) => value);
  const layers = Array.from({ length: net.layers.length - 1 }, () => new CompensatedSum());
  const total = new CompensatedSum();
  perNeuron.forEach((length, neuron) => {
    layers[neuronAt(net, neuron).layer].add(length);
    total.add(length);
  });
  return {
    total: total.value,
    perLayer: Float64Array.from(layers, ({ value }) => value),
    perNeuron,
  };
}

/** Share of the segment from (x, y) to (x + dx, y + dy) inside the open box (Liang & Barsky 1984). */
function shareInside(
  { xMin, xMax, yMin, yMax }: Box,
  x: number,
  y: number,
  dx: number,
  dy: number,
): number {
  let from = 0;
  let to = 1;
  for (const [start, step, low, high] of [
    [x, dx, xMin, xMax],
    [y, dy, yMin, yMax],
  ]) {
    if (step === 0) {
      if (start <= low || start >= high) return 0;
      continue;
    }
    const enter = (step > 0 ? low - start : high - start) / step;
    const leave = (step > 0 ? high - start : low - start) / step;
    from = Math.max(from, enter);
    to = Math.min(to, leave);
  }
  return Math.max(0, to - from);
}
