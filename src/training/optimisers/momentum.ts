import type { OptimiserKind } from '../optimiser.ts';

const DECAY = 0.9;

/** Gradient descent with heavy-ball momentum (Polyak 1964): v ← 0.9 v + g, θ ← θ − η v. */
export const momentum: OptimiserKind = {
  key: 'momentum',
  label: 'Momentum',
  create(size) {
    const velocity = new Float64Array(size);
    return {
      memory: velocity,
      step(parameters, gradient, learningRate) {
        for (let i = 0; i < size; i++) {
          velocity[i] = DECAY * velocity[i] + gradient[i];
          parameters[i] -= learningRate * velocity[i];
        }
      },
    };
  },
};
