import type { BoundMethod } from '../../../src/bounds/methods.ts';
import type { Model } from '../../../src/model/model.ts';

/** The minimum work of a kernel for one point: arithmetic, and bytes in and out of the device's memory. */
export interface Work {
  readonly flops: number;
  readonly bytes: number;
}

/** Two operations per weight; a point in and the outputs out, in 32 bits. The weights stay in the caches. */
export function forwardWork(net: Model): Work {
  return { flops: 2 * net.work, bytes: 4 * (net.inputs + net.outputs) };
}

/**
 * A method of the ladder, with dense matrices and no neuron left out, where `unstable` of the neurons of every layer stay so.
 * Interval propagation has centres and radii. The zonotope has the recursion's columns and one for every unstable neuron
 * of the layers before, which is a product where it begins. CROWN has three sums per weight for intervals and sizes and, at the
 * least, two forms for every neuron that it leaves unstable, back to the first layer and its gradients.
 */
export function ladderWork(net: Model, method: BoundMethod, unstable: readonly number[]): Work {
  const { flops, bytes } = boundsWork(net);
  const layers = net.hidden;
  const columns = Math.min(net.inputs, layers[0].outputs);
  const sizes = layers.map(({ weights }) => 2 * weights.length);
  const norms = 2 * columns * layers[0].outputs;
  switch (method) {
    case 'algorithm1':
    case 'algorithm1plus':
      return { flops, bytes };
    case 'ibp':
      return { flops: 2 * sum(sizes) + norms, bytes };
    case 'zonotope': {
      const before = layers.map((_, k) => sum(unstable.slice(0, Math.max(0, k - 1))));
      const own = layers.map(({ outputs }, k) => {
        const fresh = k === 0 ? 0 : unstable[k - 1];
        return before[k] * sizes[k] + fresh * outputs + (before[k] + fresh) * outputs;
      });
      return { flops: flops + sum(own), bytes };
    }
    case 'crown': {
      const home = 2 * layers[0].outputs * columns + 2 * columns;
      const forms = layers.map((_, k) =>
        k === 0 ? 0 : 2 * unstable[k] * (sum(sizes.slice(1, k)) + home),
      );
      return { flops: 3 * sum(sizes) + norms + sum(forms), bytes };
    }
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/**
 * The recursion with dense matrices: per layer the pre-activation, its error and min(d, n₁) columns of the gradient,
 * whose norm is then taken; the gradient of the first layer is its weights. Work that is skipped because neurons are
 * off counts as done. A centre with radius and slack in, one count per layer out.
 */
export function boundsWork(net: Model): Work {
  const d = net.inputs;
  const widths = net.widths;
  const columns = Math.min(d, widths[0]);
  let flops = 0;
  net.hidden.forEach(({ weights, outputs }, k) => {
    flops += 2 * weights.length * (k === 0 ? 2 : columns + 2) + 2 * columns * outputs;
  });
  return { flops, bytes: 4 * (d + 2 + widths.length) };
}
