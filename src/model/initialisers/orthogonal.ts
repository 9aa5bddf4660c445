import { normal, type Random } from '../../random.ts';
import type { DrawnInitialiser } from './initialiser.ts';

/** Keeps the scale of activations under ReLU, which halves the second moment. */
const GAIN = Math.SQRT2;

/**
 * √2 times a random matrix with orthonormal rows or columns, whichever are fewer (Saxe, McClelland & Ganguli
 * 2014); hidden biases N(0, 0.5²).
 */
export const orthogonal: DrawnInitialiser = {
  key: 'orthogonal',
  label: 'Orthogonal',
  weights(inputs, outputs, random) {
    const wide = inputs >= outputs;
    const vectors = orthonormal(Math.min(inputs, outputs), Math.max(inputs, outputs), random);
    return Float64Array.from({ length: inputs * outputs }, (_, at) => {
      const j = Math.floor(at / inputs);
      const i = at % inputs;
      return GAIN * (wide ? vectors[j][i] : vectors[i][j]);
    });
  },
  biasDeviation: 0.5,
};

/** `count` ≤ `size` orthonormal vectors, uniformly distributed: Gram–Schmidt on normal vectors. */
function orthonormal(count: number, size: number, random: Random): Float64Array[] {
  const gauss = normal(random);
  const vectors: Float64Array[] = [];
  while (vectors.length < count) {
    const vector = Float64Array.from({ length: size }, gauss);
    // One pass loses digits when the vector nearly lies in the span of the others; two are enough.
    for (const other of [...vectors, ...vectors]) {
      const along = dot(vector, other);
      for (let i = 0; i < size; i++) vector[i] -= along * other[i];
    }
    const length = Math.sqrt(dot(vector, vector));
    // Dependent by accident: draw this vector again.
    if (length < 1e-6) continue;
    vectors.push(vector.map((v) => v / length));
  }
  return vectors;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
