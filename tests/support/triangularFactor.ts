import { factorInSteps } from '../../src/compute/packed/factor.ts';
import type { Network } from '../../src/network/network.ts';

/** `factorInSteps` in one go. */
export function triangularFactor(net: Network): Float32Array<ArrayBuffer> {
  const steps = factorInSteps(net);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
