import { type DrawnInitialiser, normalWeights } from './initialiser.ts';

/** Normal weights of variance 2 / (fan-in + fan-out) (Glorot & Bengio 2010); hidden biases N(0, 0.25²). */
export const xavier: DrawnInitialiser = {
  key: 'xavier',
  label: 'Xavier normal',
  weights: (inputs, outputs, random) =>
    normalWeights(inputs * outputs, 2 / (inputs + outputs), random),
  biasDeviation: 0.25,
};
