import { describe, expect, it } from 'vitest';
import { algorithmOne } from '../../../src/bounds/algorithmOne.ts';
import { createCpuCompute } from '../../../src/compute/cpu.ts';
import { InputError } from '../../../src/errors.ts';
import { forward, forwardAll } from '../../../src/network/forward.ts';
import { createNetwork } from '../../../src/network/initialisers/createNetwork.ts';
import { hiddenWidths, type Network, patternWords } from '../../../src/network/network.ts';

function make(widths: number[], negativeSlope = 0): Network {
  return createNetwork({ widths, negativeSlope, initialiser: 'he', seed: 7 });
}

/** A fixed scatter in [−1, 1]^d. */
const scatter = (n: number, d: number): Float64Array =>
  Float64Array.from({ length: n * d }, (_, i) => Math.sin(12.9898 * (i + 1)));

function loaded(net: Network) {
  const compute = createCpuCompute();
  compute.load(net);
  return compute;
}

const nets = [make([2, 5, 7, 3]), make([3, 33, 4, 2], 0.1), make([1, 1, 1]), make([2, 3])];

describe('the CPU backend', () => {
  it('gives the outputs of the forward pass', async () => {
    for (const net of nets) {
      const d = net.layers[0].inputs;
      const points = scatter(20, d);
      const outputs = await loaded(net).forward(points);
      const known = Array.from({ length: 20 }, (_, i) => [
        ...forward(net, points.subarray(i * d, i * d + d)),
      ]);
      expect(outputs).toEqual(Float32Array.from(known.flat()));
    }
  });

  it('gives the pattern of every point, bit by bit', async () => {
    for (const net of nets) {
      const d = net.layers[0].inputs;
      const words = patternWords(net);
      const points = scatter(20, d);
      const patterns = await loaded(net).patterns(points);
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
      const { C, detail } = await loaded(net).bounds(points, 0.2, { detail: true });
      const plain = await loaded(net).bounds(points, 0.2);
      expect(plain).toEqual({ C });
      const known = Array.from({ length: 10 }, (_, i) =>
        algorithmOne(net, points.subarray(i * d, i * d + d), 0.2),
      );
      expect([...C]).toEqual(known.flatMap(({ layers }) => layers.map((layer) => layer.C)));
      expect(C.length).toBe(10 * hiddenWidths(net).length);
      for (const key of ['A', 'U', 'rawU', 'P', 'S'] as const)
        expect([...(detail?.[key] ?? [])]).toEqual(
          known.flatMap(({ layers }) => layers.flatMap((layer) => [...layer[key]])),
        );
    }
  });

  it('answers an empty batch with empty results', async () => {
    const compute = loaded(nets[0]);
    const none = new Float64Array(0);
    expect((await compute.forward(none)).length).toBe(0);
    expect((await compute.patterns(none)).length).toBe(0);
    expect((await compute.bounds(none, 1)).C.length).toBe(0);
  });

  it('lets other work in, tells how far it is, and stops when told to', async () => {
    const compute = loaded(make([2, 64, 64, 64, 1]));
    const points = scatter(4000, 2);
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const seen: number[] = [];
    await compute.bounds(points, 0.1, { onProgress: (done) => seen.push(done) });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(0);
    expect(seen.length).toBeGreaterThan(1);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen[seen.length - 1]).toBe(1);

    const control = new AbortController();
    const reason = new Error('enough');
    const stopped = compute.bounds(points, 0.1, {
      signal: control.signal,
      onProgress: () => control.abort(reason),
    });
    await expect(stopped).rejects.toBe(reason);
    await expect(compute.forward(points, { signal: control.signal })).rejects.toBe(reason);
  });

  it('refuses points and radii that cannot be used, and work without a network', async () => {
    const compute = loaded(nets[0]);
    await expect(compute.forward(new Float64Array(3))).rejects.toThrow(
      new InputError('3 numbers do not make points with 2 coordinates'),
    );
    await expect(compute.patterns(Float64Array.of(0, Number.NaN))).rejects.toThrow(InputError);
    await expect(compute.bounds(Float64Array.of(0, 0), -1)).rejects.toThrow(InputError);
    await expect(createCpuCompute().forward(new Float64Array(0))).rejects.toThrow(/load/);
  });
});
