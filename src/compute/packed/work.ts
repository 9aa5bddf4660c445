import type { Model } from '../../model/model.ts';
import { gradientColumns } from './factor.ts';
import type { KernelName } from './kernelName.ts';

/** The share of a layer's neurons that are unstable in a large ball. */
const UNSTABLE = 1 / 3;

/**
 * About the multiply-adds of a kernel per point, for sizing chunks: what depends on the point, inputs that are zero and
 * neurons that are unstable, cannot be known before. CROWN's forms are for those that intervals leave open: nearly all.
 */
export function workOf(net: Model, kernel: KernelName): number {
  const weights = net.work;
  switch (kernel) {
    case 'ibp':
      return 3 * weights;
    case 'distances':
    case 'bounds':
    case 'algorithm1plus':
      return 3 * weights + gradientWork(net);
    case 'zonotope':
      return 3 * weights + gradientWork(net) + noiseWork(net);
    case 'crown':
      return 4 * weights + formWork(net);
    default:
      return weights;
  }
}

/** The first layer's gradients are there already. */
const gradientWork = (net: Model): number =>
  net.hidden.slice(1).reduce((sum, { weights }) => sum + weights.length * gradientColumns(net), 0);

/** Columns of H cost next to nothing in the layer after the one that made them, and a product each from then on. */
function noiseWork(net: Model): number {
  let work = 0;
  let columns = 0;
  let fresh = 0;
  for (const { weights, outputs } of net.hidden) {
    work += weights.length * columns;
    columns += fresh;
    fresh = UNSTABLE * outputs;
  }
  return work;
}

/** Two forms for every neuron beyond the first layer, through all layers before its own and into the gradients. */
function formWork(net: Model): number {
  const layers = net.hidden;
  let back = (layers[0]?.outputs ?? 0) * gradientColumns(net);
  let work = 0;
  for (const { weights, outputs } of layers.slice(1)) {
    work += 2 * outputs * back;
    back += weights.length;
  }
  return work;
}
