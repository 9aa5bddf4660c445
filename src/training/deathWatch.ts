import type { Samples } from '../data/dataset.ts';
import type { Network } from '../network/network.ts';
import { ForwardPass } from './forwardPass.ts';

/**
 * Whether at every sample some hidden layer has no neuron that is on. The output there does not depend on the input, and
 * backpropagation in the same 64-bit numbers gives every weight up to that layer the gradient 0: dying ReLU. Never so
 * for leaky ReLU, nor without samples. Stops at the first sample that is alive, so that it costs next to nothing for a
 * network that is.
 */
export function isDead(net: Network, { count, points }: Samples): boolean {
  if (net.negativeSlope !== 0 || count === 0) return false;
  const pass = new ForwardPass(net);
  const hidden = pass.activations.slice(1, -1);
  for (let n = 0; n < count; n++) {
    pass.run(points, n);
    if (hidden.every((layer) => layer.some((value) => value > 0))) return false;
  }
  return true;
}

/** Steps between two looks, and looks in a row that find a network dead before that is believed. */
const EVERY = 50;
const LOOKS = 3;

/**
 * Tells a network that has died from one that seems so for a moment: what an optimiser still carries with it may wake a
 * layer for some ten steps, and an initial network may begin with one asleep. It looks at fixed steps, so that a run
 * that is replayed hears the same.
 */
export class DeathWatch {
  private found = 0;

  /** Looks at the network after step number `step` (from 1), where it is time to. */
  look(step: number, net: Network, samples: Samples): void {
    if (step % EVERY !== 0) return;
    this.found = isDead(net, samples) ? this.found + 1 : 0;
  }

  /** Dead for a hundred steps and more. */
  get dead(): boolean {
    return this.found >= LOOKS;
  }
}
