import { factorInSteps } from '../../src/compute/packed/factor.ts';
import type { Model } from '../../src/model/model.ts';

/** `factorInSteps` in one go. */
export function triangularFactor(net: Model): Float32Array<ArrayBuffer> {
  const steps = factorInSteps(net);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
