import type { OptimiserKind } from '../optimiser.ts';

const BETA_1 = 0.9;
const BETA_2 = 0.999;
const EPSILON = 1e-8;

/** Adam with bias correction (Kingma & Ba 2015): θ ← θ − η m̂ / (√v̂ + ε). */
export const adam: OptimiserKind = {
  key: 'adam',
  label: 'Adam',
  create(size) {
    const memory = new Float64Array(2 * size + 2);
    const mean = memory.subarray(0, size);
    const square = memory.subarray(size, 2 * size);
    /** β₁ᵗ and β₂ᵗ after t steps. */
    const powers = memory.subarray(2 * size).fill(1);
    return {
      memory,
      step(parameters, gradient, learningRate) {
        powers[0] *= BETA_1;
        powers[1] *= BETA_2;
        const rate = learningRate / (1 - powers[0]);
        const correction = 1 / (1 - powers[1]);
        for (let i = 0; i < size; i++) {
          const g = gradient[i];
          mean[i] = BETA_1 * mean[i] + (1 - BETA_1) * g;
          square[i] = BETA_2 * square[i] + (1 - BETA_2) * g * g;
          parameters[i] -= (rate * mean[i]) / (Math.sqrt(square[i] * correction) + EPSILON);
        }
      },
    };
  },
};
