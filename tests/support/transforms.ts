import { createModel, type Model } from '../../src/model/model.ts';
import { edited } from './networks.ts';

/** The neurons of hidden layer k in another order: `order[j]` is the one that comes to place j. */
export function permuted(net: Model, k: number, order: readonly number[]): Model {
  const { layers } = edited(net, ({ inputs, outputs, weights, biases }, l) => {
    const old = net.layers[l];
    if (l === k)
      for (let j = 0; j < outputs; j++) {
        biases[j] = old.biases[order[j]];
        for (let i = 0; i < inputs; i++)
          weights[j * inputs + i] = old.weights[order[j] * inputs + i];
      }
    if (l === k + 1)
      for (let o = 0; o < outputs; o++)
        for (let j = 0; j < inputs; j++)
          weights[o * inputs + j] = old.weights[o * inputs + order[j]];
  });
  return createModel(
    layers,
    net.hidden.map(({ slopes }, l) => (l === k ? slopes.map((_, j) => slopes[order[j]]) : slopes)),
  );
}

/** Neuron j of hidden layer k scaled by s > 0, what leaves it divided by s: the function stays as it is. */
export function rescaled(net: Model, k: number, j: number, s: number): Model {
  return edited(net, ({ inputs, outputs, weights, biases }, l) => {
    if (l === k) {
      for (let i = 0; i < inputs; i++) weights[j * inputs + i] *= s;
      biases[j] *= s;
    }
    if (l === k + 1) for (let o = 0; o < outputs; o++) weights[o * inputs + j] /= s;
  });
}

/** The network whose value at (−y, x) is that of `net` at (x, y). */
export function quarterTurn(net: Model): Model {
  return edited(net, ({ outputs, weights }, l) => {
    if (l > 0) return;
    for (let j = 0; j < outputs; j++)
      [weights[2 * j], weights[2 * j + 1]] = [-weights[2 * j + 1], weights[2 * j]];
  });
}
