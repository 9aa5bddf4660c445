import { type DrawnInitialiser, normalWeights } from './initialiser.ts';

/** Normal weights of variance 1 / fan-in (LeCun et al. 1998); hidden biases N(0, 0.35²). */
export const lecun: DrawnInitialiser = {
  key: 'lecun',
  label: 'LeCun normal',
  weights: (inputs, outputs, random) => normalWeights(inputs * outputs, 1 / inputs, random),
  biasDeviation: 0.35,
};
