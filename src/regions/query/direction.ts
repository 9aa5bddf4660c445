import { InputError } from '../../errors.ts';
import type { Model } from '../../model/model.ts';
import { exactLayer, exactly, throughLayer } from '../exact/alongLine.ts';
import { rootOfQuotient } from '../exact/dyadic.ts';
import type { NearestCrease } from './distance.ts';

/**
 * The first crease that a ray x + t · v crosses at some t > 0, in any input dimension: where the ray leaves the
 * activation region that it is in right after its start. A crease through x itself does not count, nor does one
 * along which the ray runs. Right after the start all neurons are affine in t, so the smallest positive root of a
 * pre-activation is the answer. It is found in exact arithmetic; only the distance is rounded, at the very end.
 * Where several neurons switch at the same place the first is named. Null where the ray never crosses a crease.
 *
 * @param x `[inputs]`
 * @param v `[inputs]`, of any length but 0
 * @throws InputError for a point or direction of the wrong size or not finite, for the direction 0, and for a distance
 *   beyond the range of 64-bit numbers
 */
export function nearestAlong(
  net: Model,
  x: ArrayLike<number>,
  v: ArrayLike<number>,
): NearestCrease | null {
  const d = net.inputs;
  if (x.length !== d)
    throw new InputError(`the point has ${x.length} coordinates, the network takes ${d}`);
  if (v.length !== d)
    throw new InputError(`the direction has ${v.length} coordinates, the network takes ${d}`);
  for (let i = 0; i < d; i++)
    if (!Number.isFinite(x[i]) || !Number.isFinite(v[i]))
      throw new InputError('the point and the direction must be made of finite numbers');
  const ends = exactly([...Array.from(x), ...Array.from(v)]);
  const v2 = ends.mantissas.slice(d).reduce((sum, m) => sum + m * m, 0n);
  if (v2 === 0n) throw new InputError('the direction must not be 0');
  let along = { start: ends.mantissas.slice(0, d), slope: ends.mantissas.slice(d) };
  let exponent = ends.exponent;
  let best: { n: bigint; d: bigint; layer: number; neuron: number } | null = null;
  for (let layer = 0; layer + 1 < net.layers.length; layer++) {
    const exact = exactLayer(net.layers[layer], exponent);
    const { start, slope } = throughLayer(exact, along);
    for (let neuron = 0; neuron < slope.length; neuron++) {
      if (!exact.gains.creased[neuron]) continue;
      const [s, c] = [slope[neuron], start[neuron]];
      if (c === 0n || s === 0n || s < 0n === c < 0n) continue;
      const root = c < 0n ? { n: -c, d: s } : { n: c, d: -s };
      if (best === null || root.n * best.d < best.n * root.d) best = { ...root, layer, neuron };
    }
    const { on, off } = exact.gains;
    const factors = start.map((c, j) => (c > 0n || (c === 0n && slope[j] > 0n) ? on : off[j]));
    along = {
      start: start.map((c, j) => c * factors[j]),
      slope: slope.map((s, j) => s * factors[j]),
    };
    exponent = exact.exponent + exact.gains.exponent;
  }
  if (best === null) return null;
  const distance = rootOfQuotient(best.n ** 2n * v2, best.d ** 2n, ends.exponent);
  if (distance === Number.POSITIVE_INFINITY)
    throw new InputError(
      'the nearest crease in this direction is farther than 64-bit numbers reach',
    );
  return { distance, layer: best.layer, neuron: best.neuron };
}
