import type { DrawnInitialiser } from './initialiser.ts';

/** Uniform weights in ±√(6 / fan-in), of variance 2 / fan-in (He et al. 2015); hidden biases N(0, 0.5²). */
export const uniform: DrawnInitialiser = {
  key: 'uniform',
  label: 'He uniform',
  weights(inputs, outputs, random) {
    const limit = Math.sqrt(6 / inputs);
    return Float64Array.from({ length: inputs * outputs }, () => limit * (2 * random() - 1));
  },
  biasDeviation: 0.5,
};
