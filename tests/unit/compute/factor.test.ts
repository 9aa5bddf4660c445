import { describe, expect, it } from 'vitest';
import { gradientColumns } from '../../../src/compute/packed/factor.ts';
import { createReferenceCompute } from '../../../src/compute/reference/backend.ts';
import { createSimdCompute } from '../../../src/compute/simd/backend.ts';
import { nextTask } from '../../../src/jobs/slices.ts';
import { createNetwork } from '../../../src/model/initialisers/createNetwork.ts';
import type { Model } from '../../../src/model/model.ts';
import { scatter } from '../../gpu/nets.ts';
import { parkMiller } from '../../property/scenes32.ts';
import { triangularFactor } from '../../support/triangularFactor.ts';

const wide = (d: number, n: number): Model =>
  createNetwork({ widths: [d, n, 1], negativeSlope: 0, initialiser: 'he', seed: d });

/** The largest |‖Σ c_j row_j‖ − ‖Σ c_j R_j‖|, in units of Σ |c_j|‖row_j‖, over random combinations. */
function worstLength(net: Model): number {
  const { inputs: d, outputs: n, weights } = net.layers[0];
  const factor = triangularFactor(net);
  const dice = parkMiller(7);
  let worst = 0;
  for (let trial = 0; trial < 20; trial++) {
    // One row alone, or all of them.
    const c = Float64Array.from({ length: n }, (_, j) =>
      trial < n / 2 ? Number(j === trial) : 2 * dice() - 1,
    );
    const length = (columns: number, entry: (t: number, j: number) => number) => {
      let square = 0;
      for (let t = 0; t < columns; t++) {
        let sum = 0;
        for (let j = 0; j < n; j++) sum += c[j] * entry(t, j);
        square += sum * sum;
      }
      return Math.sqrt(square);
    };
    const rows = length(d, (t, j) => weights[j * d + t]);
    const columns = length(gradientColumns(net), (t, j) => factor[t * n + j]);
    let size = 0;
    for (let j = 0; j < n; j++)
      size += Math.abs(c[j]) * Math.hypot(...weights.subarray(j * d, (j + 1) * d));
    worst = Math.max(worst, Math.abs(rows - columns) / size);
  }
  return worst;
}

describe('the triangular factor of the first layer', () => {
  it('keeps the lengths of all combinations of rows, as well as 32 bits can', () => {
    for (const [d, n] of [
      [5, 4],
      [36, 7],
      [784, 64],
    ])
      expect(worstLength(wide(d, n))).toBeLessThan(2 ** -23);
  });

  it('does so where rows depend on one another, down to remainders whose squares underflow', () => {
    const dependent = wide(9, 5);
    const { weights } = dependent.layers[0];
    weights.copyWithin(9, 0, 9);
    for (let t = 0; t < 9; t++) weights[18 + t] = 3 * weights[t] + (t === 4 ? 2 ** -60 : 0);
    weights.fill(0, 27, 36);
    expect(worstLength(dependent)).toBeLessThan(2 ** -23);
    // Row 1 is row 0 but for 2⁻⁵³⁰ in another coordinate.
    const nearly = wide(6, 3);
    nearly.layers[0].weights.set([
      1,
      0,
      0,
      0,
      0,
      0,
      1,
      0,
      2 ** -530,
      2 ** -531,
      0,
      0,
      1,
      1,
      1,
      1,
      1,
      1,
    ]);
    expect(worstLength(nearly)).toBeLessThan(2 ** -23);
  });

  it('is made while messages get a turn, and left when the signal says so', async () => {
    const compute = await createSimdCompute();
    const net = createNetwork({
      widths: [784, 400, 10],
      negativeSlope: 0,
      initialiser: 'he',
      seed: 3,
    });
    const stop = new AbortController();
    const reason = new Error('enough');
    const points = scatter(2, 784);
    const left = compute.distances(net, points, { signal: stop.signal });
    await nextTask();
    stop.abort(reason);
    await expect(left).rejects.toBe(reason);
    // The next call makes it, and the one after that has it.
    const known = createReferenceCompute();
    const { distance } = await known.distances(net, points);
    for (let call = 0; call < 2; call++)
      (await compute.distances(net, points)).distance.forEach((given, i) => {
        expect(given).toBeCloseTo(distance[i], 5);
      });
  });

  it('is left out where the rows are short enough themselves', () => {
    expect(triangularFactor(wide(4, 4)).length).toBe(0);
    expect(gradientColumns(wide(3, 7))).toBe(3);
    expect(gradientColumns(wide(7, 3))).toBe(3);
  });
});
