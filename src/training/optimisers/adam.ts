import type { OptimiserKind } from '../optimiser.ts';

const BETA_1 = 0.9;
const BETA_2 = 0.999;
const EPSILON = 1e-8;

/** Adam with bias correction (Kingma & Ba 2015): θ ← θ − η m̂ / (√v̂ + ε). */
export const adam: OptimiserKind = {
  key: 'adam',
  label: 'Adam',
  create(size) {
    const mean = new Float64Array(size);
    const square = new Float64Array(size);
    let power1 = 1;
    let power2 = 1;
    return {
      step(parameters, gradient, learningRate) {
        power1 *= BETA_1;
        power2 *= BETA_2;
        const rate = learningRate / (1 - power1);
        const correction = 1 / (1 - power2);
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
