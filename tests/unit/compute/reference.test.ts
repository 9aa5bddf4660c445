import { describe, expect, it } from 'vitest';
import { algorithmOne } from '../../../src/bounds/algorithmOne.ts';
import { createReferenceCompute } from '../../../src/compute/reference/backend.ts';
import { patternHash } from '../../../src/compute/reference/patterns.ts';
import { InputError } from '../../../src/errors.ts';
import { createNetwork } from '../../../src/model/initialisers/createNetwork.ts';
import { networkFromJson } from '../../../src/model/json.ts';
import type { Model } from '../../../src/model/model.ts';
import { forward, forwardAll } from '../../support/forward.ts';

function make(widths: number[], negativeSlope = 0): Model {
  return createNetwork({ widths, negativeSlope, initialiser: 'he', seed: 7 });
}

/** A fixed scatter in [−1, 1]^d. */
const scatter = (n: number, d: number): Float64Array =>
  Float64Array.from({ length: n * d }, (_, i) => Math.sin(12.9898 * (i + 1)));

const compute = createReferenceCompute();

const nets = [make([2, 5, 7, 3]), make([3, 33, 4, 2], 0.1), make([1, 1, 1]), make([2, 3])];

describe('the reference backend', () => {
  it('gives the outputs of the forward pass', async () => {
    for (const net of nets) {
      const d = net.layers[0].inputs;
      const points = scatter(20, d);
      const outputs = await compute.forward(net, points);
      const known = Array.from({ length: 20 }, (_, i) => [
        ...forward(net, points.subarray(i * d, i * d + d)),
      ]);
      expect(outputs).toEqual(Float32Array.from(known.flat()));
    }
  });

  it('gives the pattern of every point, bit by bit', async () => {
    for (const net of nets) {
      const d = net.layers[0].inputs;
      const words = net.words;
      const points = scatter(20, d);
      const patterns = await compute.patterns(net, points);
      expect(patterns.length).toBe(20 * words);
      for (let i = 0; i < 20; i++) {
        const { hidden } = forwardAll(net, points.subarray(i * d, i * d + d));
        hidden
          .flatMap((z) => [...z])
          .forEach((z, bit) => {
            const word = patterns[i * words + (bit >> 5)];
            expect((word >>> (bit & 31)) & 1).toBe(z > 0 ? 1 : 0);
          });
      }
    }
  });

  it('gives what Algorithm 1 says around every point', async () => {
    for (const net of nets) {
      const d = net.layers[0].inputs;
      const points = scatter(10, d);
      const { C, detail } = await compute.bounds(net, points, 0.2, { detail: true });
      const plain = await compute.bounds(net, points, 0.2);
      expect(plain).toEqual({ C });
      const known = Array.from({ length: 10 }, (_, i) =>
        algorithmOne(net, points.subarray(i * d, i * d + d), 0.2),
      );
      expect([...C]).toEqual(known.flatMap(({ layers }) => layers.map((layer) => layer.C)));
      expect(C.length).toBe(10 * net.widths.length);
      for (const key of ['A', 'U', 'rawU', 'P', 'S'] as const)
        expect([...(detail?.[key] ?? [])]).toEqual(
          known.flatMap(({ layers }) => layers.flatMap((layer) => [...layer[key]])),
        );
    }
  });

  it('takes a radius per point', async () => {
    for (const net of nets) {
      const points = scatter(6, net.layers[0].inputs);
      const radii = Float64Array.from({ length: 6 }, (_, i) => 0.1 * i);
      const { C } = await compute.bounds(net, points, radii);
      const K = net.widths.length;
      for (let i = 0; i < 6; i++)
        expect(C.subarray(i * K, (i + 1) * K)).toEqual(
          (await compute.bounds(net, points, radii[i])).C.subarray(i * K, (i + 1) * K),
        );
    }
  });

  it('gives the post-activations of every hidden layer', async () => {
    for (const net of nets) {
      const d = net.layers[0].inputs;
      const points = scatter(5, d);
      const known = Array.from({ length: 5 }, (_, i) =>
        forwardAll(net, points.subarray(i * d, i * d + d)).hidden.flatMap((z, k) =>
          Array.from(z, (value, j) => (value > 0 ? value : net.hidden[k].slopes[j] * value)),
        ),
      );
      const given = await compute.activations(net, points);
      expect(Array.from(given, (value) => value + 0)).toEqual(
        Array.from(Float32Array.from(known.flat()), (value) => value + 0),
      );
    }
  });

  it('gives the hash of every pattern', async () => {
    for (const net of nets) {
      const points = scatter(9, net.layers[0].inputs);
      const words = net.words;
      const patterns = await compute.patterns(net, points);
      const hashes = await compute.hashes(net, points);
      expect(hashes.length).toBe(18);
      for (let i = 0; i < 9; i++)
        expect([...hashes.subarray(2 * i, 2 * i + 2)]).toEqual(
          patternHash(patterns.subarray(i * words, (i + 1) * words)),
        );
    }
  });

  it('tells which neurons differ from a centre, how many, and where first', async () => {
    for (const net of nets) {
      const d = net.layers[0].inputs;
      const points = scatter(20, d);
      const words = net.words;
      const centre = points.slice(0, d);
      const { differs, firstLayer, count } = await compute.compare(net, points, centre);
      const patterns = await compute.patterns(net, points);
      const bits = (i: number) =>
        Array.from(
          { length: 32 * words },
          (_, bit) => (patterns[i * words + (bit >> 5)] >>> (bit & 31)) & 1,
        );
      for (let i = 0; i < 20; i++) {
        const other = bits(i).map((bit, at) => bit ^ bits(0)[at]);
        expect(count[i]).toBe(other.reduce((a, b) => a + b, 0));
        const layers = net.offsets.slice(1);
        const first = other.indexOf(1);
        expect(firstLayer[i]).toBe(first < 0 ? -1 : layers.findIndex((end) => first < end));
        other.forEach((bit, at) => {
          expect((differs[i * words + (at >> 5)] >>> (at & 31)) & 1).toBe(bit);
        });
      }
      expect([firstLayer[0], count[0]]).toEqual([-1, 0]);
    }
  });

  it('gives the distance to the nearest crease and whose it is', async () => {
    const net = networkFromJson({
      layers: [
        {
          W: [
            [3, 4],
            [0, 0],
          ],
          b: [0, 1],
        },
        { W: [[1, 1]], b: [-4.5] },
        { W: [[1]], b: [0] },
      ],
    });
    const { distance, neuron } = await compute.distances(net, Float64Array.of(0.3, 0.4, -3, -4));
    // At (0.3, 0.4) the second layer's crease, 3x + 4y = 3.5, is 1/5 away; where the first neuron is off, only its own is.
    expect(distance[0]).toBeCloseTo(0.2, 6);
    expect(distance[1]).toBe(5);
    expect([...neuron]).toEqual([2, 0]);
    const flat = await compute.distances(make([2, 3]), Float64Array.of(0.3, 0.4));
    expect([[...flat.distance], [...flat.neuron]]).toEqual([[Number.POSITIVE_INFINITY], [-1]]);
  });

  it('answers an empty batch with empty results', async () => {
    const [net] = nets;
    const none = new Float64Array(0);
    expect((await compute.forward(net, none)).length).toBe(0);
    expect((await compute.patterns(net, none)).length).toBe(0);
    expect((await compute.bounds(net, none, 1)).C.length).toBe(0);
  });

  it('lets other work in, reports its progress, and stops when told to', async () => {
    const net = make([2, 64, 64, 64, 1]);
    const points = scatter(4000, 2);
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const seen: number[] = [];
    await compute.bounds(net, points, 0.1, { onProgress: (done) => seen.push(done) });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(0);
    expect(seen.length).toBeGreaterThan(1);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen[seen.length - 1]).toBe(1);

    const control = new AbortController();
    const reason = new Error('enough');
    const stopped = compute.bounds(net, points, 0.1, {
      signal: control.signal,
      onProgress: () => control.abort(reason),
    });
    await expect(stopped).rejects.toBe(reason);
    await expect(compute.forward(net, points, { signal: control.signal })).rejects.toBe(reason);
  });

  it('refuses points and radii that cannot be used', async () => {
    const [net] = nets;
    await expect(compute.forward(net, new Float64Array(3))).rejects.toThrow(
      new InputError('3 numbers do not make points with 2 coordinates'),
    );
    await expect(compute.patterns(net, Float64Array.of(0, Number.NaN))).rejects.toThrow(InputError);
    await expect(compute.bounds(net, Float64Array.of(0, 0), -1)).rejects.toThrow(InputError);
    await expect(compute.bounds(net, scatter(2, 2), Float64Array.of(1))).rejects.toThrow(
      new InputError('1 radii do not go with 2 points'),
    );
    await expect(compute.bounds(net, scatter(2, 2), Float64Array.of(1, -1))).rejects.toThrow(
      InputError,
    );
    await expect(compute.compare(net, scatter(2, 2), scatter(2, 2))).rejects.toThrow(
      new InputError('a centre has 2 coordinates here, and 4 are given'),
    );
  });
});
