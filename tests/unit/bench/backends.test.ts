import { describe, expect, it } from 'vitest';
import { createReferenceCompute } from '../../../src/compute/reference/backend.ts';
import { createNetwork } from '../../../src/model/initialisers/createNetwork.ts';
import { measureInTurns, warmUp } from '../../bench/backends/measure.ts';
import { readOptions } from '../../bench/backends/options.ts';
import { plainRecursion } from '../../bench/backends/plainRecursion.ts';
import { boundsWork, forwardWork } from '../../bench/backends/work.ts';
import { onnxModel } from '../../bench/rivals/onnx.ts';
import { scatter } from '../../gpu/nets.ts';

const network = (widths: number[]) =>
  createNetwork({ widths, negativeSlope: 0, initialiser: 'he', seed: 2 });

describe('the plain recursion that the backends are measured against', () => {
  it.each([[1], [2], [9], [40]])('counts what Algorithm 1 counts, with %i inputs', async (d) => {
    const net = network([d, 11, 7, 5, 2]);
    const reference = createReferenceCompute();
    const points = scatter(200, d);
    for (const r of [0.01, 0.3, 2]) {
      const { C } = await reference.bounds(net, points, r);
      expect(plainRecursion(net, points, r, Float64Array)).toEqual(C);
    }
  });
});

describe('the work of a kernel', () => {
  it('is counted from the shape of the network', () => {
    const net = network([2, 64, 64, 64, 1]);
    // Two operations for each of 2·64 + 64·64 + 64·64 + 64 weights.
    expect(forwardWork(net)).toEqual({ flops: 16_768, bytes: 12 });
    // First layer: value and error; the others with two columns of the gradient more; norms of 3·64 neurons.
    expect(boundsWork(net).flops).toBe(2 * 128 * 2 + 2 * (2 * 4096 * 4) + 2 * 2 * 192);
  });

  it('has no more columns of the gradient than the first layer has neurons', () => {
    const { flops } = boundsWork(network([784, 64, 64, 10]));
    expect(flops).toBe(2 * 784 * 64 * 2 + 2 * 4096 * 66 + 2 * 64 * 128);
  });
});

describe('a measurement', () => {
  const noPatience = { callMs: 100, totalMs: 0 };

  it('takes all points of a quick call', async () => {
    const sizes: number[] = [];
    const prepare = (count: number) => () => sizes.push(count);
    const { points, call } = await warmUp(1000, prepare, noPatience);
    expect(points).toBe(1000);
    call();
    expect(sizes.at(-1)).toBe(1000);
  });

  it('takes fewer points of a call that would be too long', async () => {
    const prepare = (count: number) => () =>
      new Promise((resolve) => setTimeout(resolve, count / 10));
    const { points } = await warmUp(1_000_000, prepare, { callMs: 40, totalMs: 0 });
    expect(points).toBeGreaterThanOrEqual(64);
    expect(points).toBeLessThan(2000);
  });

  it('gives every call its turns, one after the other', async () => {
    let order = '';
    const calls = ['a', 'b'].map((letter) => ({
      points: 1,
      call: () => {
        order += letter;
      },
    }));
    const [a, b] = await measureInTurns(calls, noPatience);
    expect(order).toBe('ababababab');
    expect([a.runs, b.runs]).toEqual([5, 5]);
    expect(a.bestMs).toBeLessThanOrEqual(a.medianMs);
  });
});

describe('the options of the benchmark', () => {
  it('take ceilings in Gflop/s and GB/s, both or none', () => {
    expect(readOptions([])).toMatchObject({ full: false, json: undefined, ceilings: undefined });
    const words = ['--full', '--json', 'a.json', '--peak-gflops', '60000', '--peak-gbps=3350'];
    expect(readOptions(words)).toMatchObject({
      full: true,
      json: 'a.json',
      ceilings: { flopsPerMs: 6e10, bytesPerMs: 3.35e9 },
    });
    expect(() => readOptions(['--peak-gflops', '1'])).toThrow(/go together/);
    expect(() => readOptions(['--peak-gflops', 'x', '--peak-gbps', '1'])).toThrow(/not "x"/);
    expect(() => readOptions(['--fast'])).toThrow(/--fast/);
  });

  it('take all sections, or one that there is', () => {
    expect(readOptions([]).sections).toEqual(['forward', 'bounds', 'ladder']);
    expect(readOptions(['--only', 'ladder']).sections).toEqual(['ladder']);
    expect(() => readOptions(['--only', 'everything'])).toThrow(/one of forward, bounds, ladder/);
  });
});

describe('the ONNX file of a network', () => {
  it('is protobuf that ends where it should, with every weight in 32 bits', () => {
    const net = network([3, 5, 2]);
    const model = onnxModel(net);
    const fields = topFields(model);
    expect(fields.map(({ field }) => field)).toEqual([1, 8, 7]);
    // Two Gemms and a Relu, the name, four constants, input and output.
    const graph = topFields(fields[2].bytes);
    expect(graph.map(({ field }) => field)).toEqual([1, 1, 1, 2, 5, 5, 5, 5, 11, 12]);
    const weights = topFields(graph[4].bytes).find(({ field }) => field === 9);
    expect(new Float32Array(weights!.bytes.slice().buffer)).toEqual(
      Float32Array.from(net.layers[0].weights),
    );
  });
});

/** The fields of a protobuf message that are numbers or have a length; throws when one reaches beyond the end. */
function topFields(message: Uint8Array): { field: number; bytes: Uint8Array }[] {
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = message[at++];
      value += (byte & 127) * shift;
      if (byte < 128) return value;
    }
  };
  const fields: { field: number; bytes: Uint8Array }[] = [];
  while (at < message.length) {
    const key = varint();
    const value = varint();
    const isLong = (key & 7) === 2;
    if (isLong && at + value > message.length) throw new Error('a field is too long');
    fields.push({
      field: key >> 3,
      bytes: isLong ? message.subarray(at, at + value) : new Uint8Array(),
    });
    if (isLong) at += value;
  }
  return fields;
}
