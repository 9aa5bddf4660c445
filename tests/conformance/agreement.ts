import { expect } from 'vitest';
import { algorithmOne } from '../../src/bounds/algorithmOne.ts';
import { localBounds } from '../../src/bounds/ladder.ts';
import { boundMethods } from '../../src/bounds/methods.ts';
import type { Compute } from '../../src/compute/compute.ts';
import { patternHash } from '../../src/compute/reference/patterns.ts';
import type { Model } from '../../src/model/model.ts';
import { forward } from '../support/forward.ts';
import { type NeuronAt, neuronsAt, pointAt, quotient } from './oracle.ts';

/** How far 32-bit numbers may be off, relative to the sizes that go into them. */
const NEAR = 1e-4;
/**
 * Where |A| is this far from U, 32 bits must decide like 64 in the first layers. In deep layers rounding is amplified as
 * U is, and next to a tiny radius it is all there is.
 */
const MARGIN = 1e-3;
const SHALLOW = 3;

/** Everything a backend says of one network and its points, against 64-bit arithmetic by the definitions. */
export async function agrees(
  compute: Compute,
  net: Model,
  points: Float64Array,
  r: number,
): Promise<void> {
  const neurons = Array.from({ length: points.length / net.inputs }, (_, i) =>
    neuronsAt(net, pointAt(net, points, i)),
  );
  await forwardAgrees(compute, net, points);
  await activationsAgree(compute, net, points, neurons);
  await patternsAgree(compute, net, points, neurons);
  await distancesAgree(compute, net, points, neurons);
  await countsAgree(compute, net, points, r);
  await detailAgrees(compute, net, points, r);
  await ladderAgrees(compute, net, points, r);
}

/** The largest size on the way, which rounding is relative to. */
const sizeOf = (neurons: readonly NeuronAt[]): number =>
  neurons.reduce((size, { z }) => Math.max(size, Math.abs(z)), 1);

async function forwardAgrees(compute: Compute, net: Model, points: Float64Array): Promise<void> {
  const n = points.length / net.inputs;
  const known = Array.from({ length: n }, (_, i) => [...forward(net, pointAt(net, points, i))]);
  const given = await compute.forward(net, points);
  expect(given.length).toBe(known.flat().length);
  const size = Math.max(1, ...known.flat().map(Math.abs));
  const off = known.flat().map((value, i) => Math.abs(given[i] - value));
  expect(Math.max(0, ...off)).toBeLessThan(NEAR * size);
}

async function activationsAgree(
  compute: Compute,
  net: Model,
  points: Float64Array,
  neurons: readonly (readonly NeuronAt[])[],
): Promise<void> {
  const given = await compute.activations(net, points);
  expect(given.length).toBe(neurons.flat().length);
  const off = neurons.flatMap((at, i) =>
    at.map(({ h }, j) => Math.abs(given[i * at.length + j] - h) / sizeOf(at)),
  );
  expect(Math.max(0, ...off)).toBeLessThan(NEAR);
}

async function patternsAgree(
  compute: Compute,
  net: Model,
  points: Float64Array,
  neurons: readonly (readonly NeuronAt[])[],
): Promise<void> {
  const words = net.words;
  const patterns = await compute.patterns(net, points);
  expect(patterns.length).toBe(neurons.length * words);
  const bitAt = (i: number, bit: number) => (patterns[i * words + (bit >> 5)] >>> (bit & 31)) & 1;
  neurons.forEach((at, i) => {
    const wrong = at.findIndex(({ z, creased }, bit) =>
      creased
        ? Math.abs(z) > NEAR * sizeOf(at) && bitAt(i, bit) !== (z > 0 ? 1 : 0)
        : bitAt(i, bit) !== 1,
    );
    expect(wrong).toBe(-1);
    // Bits past the last neuron are zero: the hash takes whole words.
    for (let bit = at.length; bit < 32 * words; bit++) expect(bitAt(i, bit)).toBe(0);
  });

  const own = (i: number) => patterns.subarray(i * words, (i + 1) * words);
  const hashes = await compute.hashes(net, points);
  expect([...hashes]).toEqual(neurons.flatMap((_, i) => patternHash(own(i))));

  const centre = pointAt(net, points, neurons.length - 1);
  const { differs, count, firstLayer } = await compute.compare(net, points, centre);
  expect([differs.length, count.length, firstLayer.length]).toEqual([
    patterns.length,
    neurons.length,
    neurons.length,
  ]);
  neurons.forEach((at, i) => {
    const other = at.map((_, bit) => bitAt(i, bit) !== bitAt(neurons.length - 1, bit));
    expect(count[i]).toBe(other.filter(Boolean).length);
    expect(firstLayer[i]).toBe(at[other.indexOf(true)]?.layer ?? -1);
    expect([...differs.subarray(i * words, (i + 1) * words)]).toEqual(
      Array.from(own(i), (word, w) => (word ^ own(neurons.length - 1)[w]) >>> 0),
    );
  });
}

async function distancesAgree(
  compute: Compute,
  net: Model,
  points: Float64Array,
  neurons: readonly (readonly NeuronAt[])[],
): Promise<void> {
  const { distance, neuron } = await compute.distances(net, points);
  expect([distance.length, neuron.length]).toEqual([neurons.length, neurons.length]);
  neurons.forEach((at, i) => {
    const known = Math.min(Number.POSITIVE_INFINITY, ...at.map(quotient));
    if (known === Number.POSITIVE_INFINITY) {
      expect([distance[i], neuron[i]]).toEqual([known, -1]);
      return;
    }
    // Rounding of z is relative to the sizes on the way, that of the quotient to its steepness.
    // A gradient whose terms cancel keeps their rounding.
    const blur = (one: NeuronAt) =>
      (NEAR * sizeOf(at)) / one.slope +
      NEAR * quotient(one) * Math.max(1, one.steep / one.slope / 100);
    const nearest = at[neuron[i]];
    const room = Math.max(blur(nearest), ...at.filter((one) => quotient(one) === known).map(blur));
    expect(Math.abs(distance[i] - known)).toBeLessThan(room);
    expect(quotient(nearest)).toBeLessThan(known + room);
  });
}

const isClose = (A: number, rawU: number, margin = MARGIN): boolean =>
  Math.abs(Math.abs(A) - rawU) <= margin * (1 + Math.abs(A) + rawU);

/**
 * Never fewer than in 64 bits; more only among those too close to call, and behind undecided neurons with a slope below 0,
 * of which the kernels allow for more (docs/soundness.md, section 8).
 */
async function countsAgree(
  compute: Compute,
  net: Model,
  points: Float64Array,
  r: number,
): Promise<void> {
  const { C } = await compute.bounds(net, points, r);
  const K = net.layers.length - 1;
  const n = points.length / net.inputs;
  expect(C.length).toBe(n * K);
  for (let i = 0; i < n; i++)
    algorithmOne(net, pointAt(net, points, i), r).layers.forEach((layer, k) => {
      expect(C[i * K + k]).toBeGreaterThanOrEqual(layer.C);
      const close = layer.A.filter((A, j) => isClose(A, layer.rawU[j])).length;
      const looser = net.hidden.slice(0, k).some(({ slopes }) => slopes.some((s) => s < 0));
      if (k < SHALLOW && r >= 0.01 && !looser)
        expect(C[i * K + k]).toBeLessThanOrEqual(layer.C + close);
    });
}

/** Intervals pass on the rounding of a sum of 784 terms without any of it cancelling. */
const WIDE_MARGIN = 1e-2;
const closeCalls = (lo: Float64Array, hi: Float64Array): number =>
  lo.filter((l, j) => isClose((l + hi[j]) / 2, (hi[j] - l) / 2, WIDE_MARGIN)).length;

/** Those in which a wider interval on the way never makes a later one narrower. */
const ISOTONIC: readonly string[] = ['algorithm1plus', 'ibp'];

/** The first layer where CROWN's kernel may count more: its forms narrow only neurons that intervals leave open. */
const FORMS_APART = 2;

/**
 * The other methods, whether a kernel does them or 64 bits. What holds for all of them: neurons that are clear of a tie
 * are decided as in 64 bits; and what only widens never counts fewer than 64 bits. CROWN in 64 bits narrows every neuron
 * by forms, its kernel only open ones: from the third layer on the kernel's intervals may be wider, up to plain ones.
 */
async function ladderAgrees(
  compute: Compute,
  net: Model,
  points: Float64Array,
  r: number,
): Promise<void> {
  const K = net.layers.length - 1;
  const n = points.length / net.inputs;
  for (const method of boundMethods.slice(1)) {
    const { C } = await compute.bounds(net, points, r, { method });
    expect(C.length).toBe(n * K);
    for (let i = 0; i < n; i++) {
      const x = pointAt(net, points, i);
      localBounds(net, x, r, method).layers.forEach(({ lo, hi, C: wide }, k) => {
        const given = C[i * K + k];
        if (ISOTONIC.includes(method)) expect(given).toBeGreaterThanOrEqual(wide);
        if (k >= SHALLOW || r < 0.01) return;
        const close = closeCalls(lo, hi);
        const name = `${method}, layer ${k + 1}`;
        expect(given, name).toBeGreaterThanOrEqual(wide - close);
        if (method === 'crown' && k >= FORMS_APART) {
          const plain = localBounds(net, x, r, 'ibp').layers[k];
          const most = plain.C + closeCalls(plain.lo, plain.hi);
          expect(given, name).toBeLessThanOrEqual(most);
        } else expect(given, name).toBeLessThanOrEqual(wide + close);
      });
    }
  }
}

/** With detail, decisions and numbers are those of 64 bits. */
export async function detailAgrees(
  compute: Compute,
  net: Model,
  points: Float64Array,
  r: number | Float64Array,
): Promise<void> {
  const given = await compute.bounds(net, points, r, { detail: true });
  const n = points.length / net.inputs;
  const known = Array.from({ length: n }, (_, i) =>
    algorithmOne(net, pointAt(net, points, i), typeof r === 'number' ? r : r[i]),
  );
  const layers = known.flatMap((one) => one.layers);
  expect([...given.C]).toEqual(layers.map(({ C }) => C));
  const detail = given.detail!;
  for (const key of ['A', 'U', 'rawU', 'P', 'S'] as const)
    expect([...detail[key]]).toEqual(layers.flatMap((layer) => [...layer[key]]));
}
