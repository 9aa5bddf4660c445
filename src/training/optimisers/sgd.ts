import type { OptimiserKind } from '../optimiser.ts';

/** Stochastic gradient descent: θ ← θ − η g. */
export const sgd: OptimiserKind = {
  key: 'sgd',
  label: 'SGD',
  create: () => ({
    memory: new Float64Array(0),
    step(parameters, gradient, learningRate) {
      for (let i = 0; i < parameters.length; i++) parameters[i] -= learningRate * gradient[i];
    },
  }),
};
