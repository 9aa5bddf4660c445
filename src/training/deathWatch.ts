import type { Samples } from '../data/dataset.ts';
import { type Model, sharedSlope } from '../model/model.ts';
import { ForwardPass } from './forwardPass.ts';

/**
 * Whether at every sample some hidden layer has no neuron that is on. The output there does not depend on the input, and
 * backpropagation in the same 64-bit numbers gives every weight up to that layer the gradient 0: dying ReLU. Never true
 * for leaky ReLU or without samples. Stops at the first sample that is alive, so it costs next to nothing for a network
 * that is alive.
 */
export function isDead(net: Model, { count, points }: Samples): boolean {
  if (sharedSlope(net) !== 0 || count === 0) return false;
  const pass = new ForwardPass(net);
  const hidden = pass.activations.slice(1, -1);
  for (let n = 0; n < count; n++) {
    pass.run(points, n);
    if (hidden.every((layer) => layer.some((value) => value > 0))) return false;
  }
  return true;
}

/** Steps between two checks, and consecutive checks that must find the network dead. */
const EVERY = 50;
const LOOKS = 3;

/**
 * Distinguishes a network that has died from one that only seems dead: an optimiser's momentum may revive a layer for
 * some ten steps, and an initial network may begin with a dead layer. It checks at fixed steps, so that a replayed run
 * gives the same result.
 */
export class DeathWatch {
  private found = 0;

  /** Checks the network after step number `step` (from 1), if a check is due. */
  look(step: number, net: Model, samples: Samples): void {
    if (step % EVERY !== 0) return;
    this.found = isDead(net, samples) ? this.found + 1 : 0;
  }

  /** Dead for a hundred steps and more. */
  get dead(): boolean {
    return this.found >= LOOKS;
  }
}
