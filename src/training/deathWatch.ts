import type { Points } from '../data/dataset.ts';
import type { Model } from '../model/model.ts';
import { ForwardPass } from './forwardPass.ts';

/**
 * Whether at every sample some hidden layer has only neurons of derivative 0: they are off, and have slope 0. The output
 * there does not depend on the input, and backpropagation in the same 64-bit numbers gives every weight up to that layer
 * the gradient 0: dying ReLU. Never true without samples, nor where every layer has a neuron of another slope. Stops at
 * the first sample that is alive, so it costs next to nothing for a network that is alive.
 */
export function isDead(net: Model, { count, points }: Points): boolean {
  const mayDie = net.hidden.map(({ slopes }) => slopes.every((slope) => slope === 0));
  if (count === 0 || !mayDie.includes(true)) return false;
  const pass = new ForwardPass(net, 1);
  const hidden = pass.derivatives.filter((_, k) => mayDie[k]);
  for (let n = 0; n < count; n++) {
    pass.run(points, null, n, n + 1);
    if (hidden.every((layer) => layer.some((derivative) => derivative !== 0))) return false;
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
  /** Checks in a row that found it dead: all that later answers depend on. */
  found = 0;

  /** Checks the network after step number `step` (from 1), if a check is due. */
  look(step: number, net: Model, samples: Points): void {
    if (step % EVERY !== 0) return;
    this.found = isDead(net, samples) ? this.found + 1 : 0;
  }

  /** Dead for a hundred steps and more. */
  get dead(): boolean {
    return this.found >= LOOKS;
  }
}
