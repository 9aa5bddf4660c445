import { normal, type Random } from '../../random.ts';

/** `count` independent normal numbers of mean 0 and the given variance. */
export function normalWeights(count: number, variance: number, random: Random): Float64Array {
  const gauss = normal(random);
  const deviation = Math.sqrt(variance);
  return Float64Array.from({ length: count }, () => deviation * gauss());
}
