import { type DrawnInitialiser, normalWeights } from './initialiser.ts';

/** Normal weights of variance 2 / fan-in (He et al. 2015), made for ReLU; hidden biases N(0, 0.5²). */
export const he: DrawnInitialiser = {
  key: 'he',
  label: 'He normal',
  weights: (inputs, outputs, random) => normalWeights(inputs * outputs, 2 / inputs, random),
  biasDeviation: 0.5,
};
