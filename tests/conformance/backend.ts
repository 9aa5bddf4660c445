import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { boundMethods } from '../../src/bounds/methods.ts';
import type { Compute } from '../../src/compute/compute.ts';
import { InputError } from '../../src/errors.ts';
import { createNetwork } from '../../src/model/initialisers/createNetwork.ts';
import { networkFromJson } from '../../src/model/json.ts';
import { createModel, type Model } from '../../src/model/model.ts';
import constant from '../fixtures/constant-with-cancellation.json';
import { anyNet, scatter } from '../gpu/nets.ts';
import { readNet } from '../unit/bounds/cases.ts';
import { agrees, detailAgrees } from './agreement.ts';
import { pointAt } from './oracle.ts';

interface KnownCase {
  readonly name: string;
  readonly net: Model;
  readonly bounds: readonly { c: number[]; r: number; guarded: { C_per_layer: number[] } }[];
  readonly distances: readonly { x: number[]; distance: number; neuron: [number, number] }[];
}

const folder = new URL('../cases/', import.meta.url);

/** The golden networks with what is known of them. */
const cases: KnownCase[] = readdirSync(folder)
  .filter((file) => /^\d\d_.*\.json$/.test(file))
  .sort()
  .map((file) => {
    const value = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
    const { bounds = [], distances = [] } = value.expect;
    return { name: value.name, net: networkFromJson(value), bounds, distances };
  });

const make = (...widths: number[]): Model =>
  createNetwork({ widths, negativeSlope: 0, initialiser: 'he', seed: 5 });

/** Inputs of 1 to 784 numbers, widths that are multiples of nothing, layers wider and narrower than the input. */
const SHAPES: readonly (readonly [widths: number[], points: number])[] = [
  [[1, 1, 1], 5],
  [[1, 5, 3, 2], 9],
  [[2, 67, 1], 6],
  [[3, 70, 5, 2], 7],
  [[5, 3, 9, 1], 6],
  [[36, 64, 64, 1], 3],
  [[36, 130, 10, 1], 3],
  [[70, 33, 2, 1], 5],
  [[100, 7, 40, 3], 5],
  [[784, 64, 64, 10], 3],
  [[784, 31, 1], 5],
  [[2, 9, 8, 7, 6, 5, 6, 7, 8, 1], 6],
];

/** The tests that every backend has to pass. `open` makes it; it is disposed of at the end. */
export function conforms(name: string, open: () => Promise<Compute>): void {
  describe(`the backend ${name}`, () => {
    let compute: Compute;
    beforeAll(async () => {
      compute = await open();
    });
    afterAll(() => compute.dispose());
    answers(() => compute);
    behaves(() => compute);
  });
}

/** What the kernels say, wherever they run. */
export function answers(at: () => Compute): void {
  describe('in what it says', () => {
    let compute: Compute;
    beforeAll(() => {
      compute = at();
    });

    it.each(cases)('says of $name what is known of it', async ({ net, bounds, distances }) => {
      await agrees(compute, net, scatter(9, 2), 0.25);
      const centres = Float64Array.from(bounds.flatMap(({ c }) => c));
      const radii = Float64Array.from(bounds, ({ r }) => r);
      await detailAgrees(compute, net, centres, radii);
      const { C } = await compute.bounds(net, centres, radii, { detail: true });
      expect([...C]).toEqual(bounds.flatMap(({ guarded }) => guarded.C_per_layer));
      const given = await compute.distances(
        net,
        Float64Array.from(distances.flatMap(({ x }) => x)),
      );
      distances.forEach(({ distance }, i) => {
        expect(given.distance[i]).toBeCloseTo(distance, 5);
      });
    });

    it('agrees with 64 bits on the networks that the count of regions is known of', async () => {
      await agrees(compute, readNet('2-16-16-1'), scatter(24, 2), 0.1);
      await agrees(compute, readNet('2-64-64-64-1'), scatter(6, 2), 0.05);
    });

    it.each(SHAPES)('agrees with 64 bits on a network of shape %o', async (widths, n) => {
      await agrees(compute, make(...widths), scatter(n, widths[0]), 0.02);
    });

    it('agrees with 64 bits on networks of any shape', async () => {
      await fc.assert(
        fc.asyncProperty(
          anyNet,
          fc.constantFrom(0, 1e-6, 0.01, 0.3),
          fc.double({ min: 0, max: 6, noNaN: true }),
          async (net, r, phase) => agrees(compute, net, scatter(7, net.inputs, phase), r),
        ),
        { numRuns: 10 },
      );
    });

    it('says that a constant is one though its terms cancel: at radius 0 every pre-activation is', async () => {
      await agrees(compute, networkFromJson(constant), scatter(9, 1), 0);
    });

    it('passes over creases that only rounding makes', async () => {
      // The second layer takes away from a neuron what is three times it, thrice: value and gradient are rounding alone.
      const twins = networkFromJson({
        layers: [
          {
            W: [
              [0.3, 0.7],
              [0.9, 2.1],
              [0.1, -0.9],
            ],
            b: [5.1, 15.3, 7],
          },
          {
            W: [
              [0.75, -0.25, 0],
              [0.6, -0.2, 1e-3],
            ],
            b: [0, 0],
          },
          { W: [[1, 1]], b: [0] },
        ],
      });
      const points = scatter(12, 2);
      const { distance, neuron } = await compute.distances(twins, points);
      for (let i = 0; i < 12; i++) {
        const [x, y] = pointAt(twins, points, i);
        const first = (0.3 * x + 0.7 * y + 5.1) / Math.hypot(0.3, 0.7);
        const third = (0.1 * x - 0.9 * y + 7) / Math.hypot(0.1, 0.9);
        expect(distance[i]).toBeCloseTo(Math.min(first, third), 4);
        expect(neuron[i]).not.toBe(3);
      }
    });

    it('sees the creases of an absolute value and of a slope that 32 bits would round to 1, and none of slope 1', async () => {
      const map = (W: readonly number[][], b: readonly number[]) => ({
        inputs: W[0].length,
        outputs: W.length,
        weights: Float64Array.from(W.flat()),
        biases: Float64Array.from(b),
      });
      // x; |x − ½|; a crease at −2. Then |x − ½| − ¼.
      const net = createModel(
        [map([[1], [1], [1]], [0, -0.5, 2]), map([[0, 1, 0]], [-0.25]), map([[1]], [0])],
        [Float64Array.of(1, -1, 1 - 2 ** -53), Float64Array.of(0)],
      );
      const x = Float64Array.of(-3, -1, 0, 0.375, 0.625, 1);
      expect([...(await compute.patterns(net, x))]).toEqual([9, 13, 13, 5, 7, 15]);
      expect(
        [...(await compute.activations(net, x))].map((h) => Math.round(h * 1e4) / 1e4 + 0),
      ).toEqual(
        [
          [-3, 3.5, -1, 3.25],
          [-1, 1.5, 1, 1.25],
          [0, 0.5, 2, 0.25],
          [0.375, 0.125, 2.375, 0],
          [0.625, 0.125, 2.625, 0],
          [1, 0.5, 3, 0.25],
        ].flat(),
      );
      const { distance, neuron } = await compute.distances(net, x);
      expect([...neuron]).toEqual([2, 2, 3, 1, 1, 3]);
      expect([...distance].map((d) => Math.round(d * 1e4) / 1e4)).toEqual([
        1, 1, 0.25, 0.125, 0.125, 0.25,
      ]);
      const balls = Float64Array.of(-1, 0.5, 0);
      const radii = Float64Array.of(1.1, 0.1, 0.1);
      for (const method of boundMethods) {
        const { C } = await compute.bounds(net, balls, radii, { method });
        expect([method, ...C]).toEqual([method, 1, 0, 1, 0, 0, 0]);
      }
    });

    it('takes a radius per point, of any size in one batch', async () => {
      const net = make(2, 20, 9, 1);
      const radii = Float64Array.from({ length: 40 }, (_, i) => 2 ** (i - 30));
      await detailAgrees(compute, net, scatter(40, 2), radii);
    });

    it('counts among 70,000 points as many of each side of a crease as there are', async () => {
      const net = networkFromJson({
        layers: [
          { W: [[1]], b: [0] },
          { W: [[1]], b: [0] },
        ],
      });
      const points = Float64Array.from({ length: 70_000 }, (_, i) => i - 35_000.5);
      const patterns = await compute.patterns(net, points);
      const { C } = await compute.bounds(net, points, 1.75);
      expect(patterns.findIndex((word, i) => word !== (i > 35_000 ? 1 : 0))).toBe(-1);
      expect(C.reduce((a, b) => a + b, 0)).toBe(4);
    });
  });
}

/** How it deals with empty batches, changing networks, signals and mistakes. */
function behaves(at: () => Compute): void {
  describe('in how it works', () => {
    let compute: Compute;
    beforeAll(() => {
      compute = at();
    });

    it('takes points in 32 bits for what they are in 64', async () => {
      const net = make(36, 30, 7, 2);
      const single = Float32Array.from(scatter(9, 36, 4));
      const double = Float64Array.from(single);
      const untouched = single.slice();
      expect(await compute.forward(net, single)).toEqual(await compute.forward(net, double));
      expect(await compute.activations(net, single)).toEqual(
        await compute.activations(net, double),
      );
      expect(await compute.patterns(net, single)).toEqual(await compute.patterns(net, double));
      expect(await compute.hashes(net, single)).toEqual(await compute.hashes(net, double));
      // They are still the caller's: nothing was handed to another thread.
      expect(single).toEqual(untouched);
      for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
        single[single.length - 1] = bad;
        await expect(compute.forward(net, single)).rejects.toThrow(InputError);
      }
    });

    it('gives empty results for no points', async () => {
      const net = make(2, 4, 1);
      const none = new Float64Array(0);
      const { C, detail } = await compute.bounds(net, none, new Float64Array(0), { detail: true });
      const { distance, neuron } = await compute.distances(net, none);
      const { differs, count, firstLayer } = await compute.compare(
        net,
        none,
        Float64Array.of(0, 0),
      );
      const lists = [
        await compute.forward(net, none),
        await compute.activations(net, none),
        await compute.patterns(net, none),
        await compute.hashes(net, none),
        ...[C, detail!.A, distance, neuron, differs, count, firstLayer],
      ];
      expect(lists.map(({ length }) => length)).toEqual(lists.map(() => 0));
    });

    it('answers for a network without hidden layers', async () => {
      const net = make(2, 3);
      const points = scatter(4, 2);
      expect((await compute.forward(net, points)).length).toBe(12);
      expect((await compute.activations(net, points)).length).toBe(0);
      expect((await compute.patterns(net, points)).length).toBe(0);
      expect(new Set(await compute.hashes(net, points)).size).toBe(2);
      expect([...(await compute.compare(net, points, points.subarray(0, 2))).count]).toEqual([
        0, 0, 0, 0,
      ]);
      const { distance, neuron } = await compute.distances(net, points);
      expect([...distance]).toEqual(new Array(4).fill(Number.POSITIVE_INFINITY));
      expect([...neuron]).toEqual([-1, -1, -1, -1]);
      expect((await compute.bounds(net, points, 1)).C.length).toBe(0);
    });

    it('works for each call on the network that was loaded when it was made', async () => {
      const [one, two] = [make(2, 6, 1), make(2, 5, 7, 1)];
      const points = scatter(30, 2);
      const first = compute.activations(one, points);
      const compared = compute.compare(one, points, points.subarray(0, 2));
      const second = compute.activations(two, points);
      expect((await first).length).toBe(30 * one.offsets[1]);
      expect((await second).length).toBe(30 * 12);
      expect(await compute.activations(one, points)).toEqual(await first);
      expect(await compute.compare(one, points, points.subarray(0, 2))).toEqual(await compared);
    });

    it('stops with the signal’s reason, and refuses what it cannot use', async () => {
      const net = make(2, 4, 1);
      const points = scatter(8, 2);
      const reason = new Error('enough');
      const stopped = { signal: AbortSignal.abort(reason) };
      await expect(compute.forward(net, points, stopped)).rejects.toBe(reason);
      await expect(compute.compare(net, points, points.subarray(0, 2), stopped)).rejects.toBe(
        reason,
      );
      await expect(compute.distances(net, points, stopped)).rejects.toBe(reason);
      await expect(compute.bounds(net, points, 1, stopped)).rejects.toBe(reason);
      const ragged = Float64Array.of(1, 2, 3);
      await expect(compute.activations(net, ragged)).rejects.toThrow(InputError);
      await expect(compute.hashes(net, Float64Array.of(1, Number.NaN))).rejects.toThrow(InputError);
      await expect(compute.compare(net, points, points)).rejects.toThrow(InputError);
      await expect(compute.bounds(net, points, Float64Array.of(1))).rejects.toThrow(InputError);
    });
  });
}
