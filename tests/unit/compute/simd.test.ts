import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { root } from '../../../scripts/lib/install.mjs';
import {
  accessorsSource,
  compileSimd,
  FIELDS_FILE,
  SIMD_MODULES,
  simdSource,
} from '../../../scripts/lib/simd.mjs';
import { JOB, LAYER } from '../../../src/compute/packed/structs.ts';
import { createReferenceCompute } from '../../../src/compute/reference/backend.ts';
import { createCompute } from '../../../src/compute/select.ts';
import { createSimdCompute } from '../../../src/compute/simd/backend.ts';
import { serveSimd } from '../../../src/compute/simd/threads.ts';
import { type Port, webPort } from '../../../src/jobs/port.ts';
import { createNetwork } from '../../../src/model/initialisers/createNetwork.ts';
import { scatter } from '../../gpu/nets.ts';

const net = createNetwork({
  widths: [2, 32, 33, 1],
  negativeSlope: 0,
  initialiser: 'he',
  seed: 5,
});
/** Long enough to be worth sharing on any machine. */
const points = scatter(120_000, 2);
const R = 0.1;

/** A helper like a worker: its own instance of the kernels, messages that arrive later, buffers that move. */
function helper(spoil?: (port: Port) => Port): Port {
  const { port1, port2 } = new MessageChannel();
  const there = webPort(port2);
  serveSimd(spoil ? spoil(there) : there);
  return webPort(port1);
}

afterEach(() => vi.unstubAllGlobals());

describe('the SIMD module in the repository', () => {
  it.each(SIMD_MODULES)(
    '$file is what the kernels of $entries.0 and its neighbours compile to',
    async ({ entries, file }) => {
      const kept = readFileSync(join(root, file), 'utf8');
      // A kernel was changed: `npm run build:simd` makes the file again.
      expect(kept === simdSource(await compileSimd(entries))).toBe(true);
    },
  );
});

describe('the accessors of structs in the repository', () => {
  it('are those of the description', () => {
    // A struct was changed: `npm run build:simd` makes the file again.
    expect(readFileSync(join(root, FIELDS_FILE), 'utf8')).toBe(accessorsSource({ JOB, LAYER }));
  });
});

describe('SIMD work on several threads', () => {
  it('gives the same bits as on one, whoever takes which points', async () => {
    const alone = await createSimdCompute();
    const threads: Port[] = [];
    const spawn = () => {
      threads.push(helper());
      return threads[threads.length - 1];
    };
    const shared = await createSimdCompute({ spawn, threads: 2 });
    expect(shared.description).toBe('WebAssembly SIMD, 3 threads');
    expect(await shared.patterns(net, points)).toEqual(await alone.patterns(net, points));
    expect((await shared.bounds(net, points, R)).C).toEqual((await alone.bounds(net, points, R)).C);
    expect(await shared.forward(net, points)).toEqual(await alone.forward(net, points));
    expect(threads).toHaveLength(2);
    shared.dispose();
  });

  it('starts no thread for what one does in no time, not even the first time', async () => {
    const spawn = vi.fn(() => helper());
    const compute = await createSimdCompute({ spawn, threads: 2 });
    // A machine that takes no time at all, however busy the one is that runs this.
    const clock = vi.spyOn(performance, 'now').mockReturnValue(0);
    await compute.bounds(net, points.subarray(0, 2000), R);
    clock.mockRestore();
    expect(spawn).not.toHaveBeenCalled();
    compute.dispose();
  });

  it('goes on without a thread that fails, and loses nothing', async () => {
    let chunks = 0;
    const failing = (port: Port): Port => ({
      ...port,
      post(message, transfer) {
        chunks++;
        if (chunks > 2) port.post({ kind: 'failed', message: 'out of luck' }, []);
        else port.post(message, transfer);
      },
    });
    const compute = await createSimdCompute({ spawn: () => helper(failing), threads: 1 });
    const alone = await createSimdCompute();
    const { C } = await compute.bounds(net, points, R);
    expect(chunks).toBeGreaterThan(2);
    expect(C).toEqual((await alone.bounds(net, points, R)).C);
    compute.dispose();
  });

  it('does all of it on one where others cannot be started', async () => {
    const spawn = vi.fn(() => {
      throw new Error('workers are forbidden here');
    });
    const compute = await createSimdCompute({ spawn, threads: 2 });
    expect((await compute.bounds(net, points, R)).C).toHaveLength(240_000);
    expect(spawn).toHaveBeenCalledTimes(1);
  });

  it('tells how far it is, and stops with the reason when it is aborted', async () => {
    const compute = await createSimdCompute({ spawn: () => helper(), threads: 1 });
    const seen: number[] = [];
    await compute.bounds(net, points, R, { onProgress: (done) => seen.push(done) });
    expect(seen.length).toBeGreaterThan(2);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen[seen.length - 1]).toBe(1);
    const stop = new AbortController();
    const reason = new Error('enough');
    let heard = 0;
    const aborted = compute.bounds(net, points, R, {
      signal: stop.signal,
      onProgress: () => {
        heard++;
        stop.abort(reason);
      },
    });
    await expect(aborted).rejects.toBe(reason);
    expect(heard).toBe(1);
    expect((await compute.forward(net, points)).length).toBe(120_000);
    compute.dispose();
  });
});

describe('points that are computed again in 64 bits', () => {
  it('are done when progress says that all is', async () => {
    const compute = await createSimdCompute();
    // On a crease of the first neuron, so that 32 bits cannot tell at radius 0 on which side.
    const { weights, biases } = net.layers[0];
    const [v, w] = weights;
    const onCrease = Float64Array.from({ length: 200 }, (_, i) =>
      i % 2 === 0 ? i / 200 : -(biases[0] + (v * (i - 1)) / 200) / w,
    );
    const stop = new AbortController();
    const seen: number[] = [];
    // Whoever stops at the end has everything.
    const found = await compute.bounds(net, onCrease, 0, {
      detail: true,
      signal: stop.signal,
      onProgress: (done) => {
        seen.push(done);
        if (done === 1) stop.abort(new Error('there was more to do'));
      },
    });
    const known = createReferenceCompute();
    expect(found.detail?.A).toEqual(
      (await known.bounds(net, onCrease, 0, { detail: true })).detail?.A,
    );
    expect(seen.filter((done) => done === 1)).toHaveLength(1);
    compute.dispose();
  });
});

describe('the memory of the SIMD kernels', () => {
  it.each([
    [784, 1],
    [249, 2],
    [1, 300],
  ])('has room for %i inputs before a layer of %i, and for the next network', async (d, width) => {
    const compute = await createSimdCompute();
    const known = createReferenceCompute();
    for (const hidden of [[width], [width, 2]]) {
      const widths = [d, ...hidden, 1];
      const net = createNetwork({ widths, negativeSlope: 0, initialiser: 'he', seed: 1 });
      const few = scatter(3, d);
      const options = { detail: true };
      const [given, wanted] = [
        await compute.bounds(net, few, R, options),
        await known.bounds(net, few, R, options),
      ];
      expect(given.detail?.S).toEqual(wanted.detail?.S);
      expect(await compute.patterns(net, few)).toEqual(await known.patterns(net, few));
    }
  });
});

describe('points with many coordinates', () => {
  it('give the same bits in fours, where they are mostly zero, and one at a time', async () => {
    const compute = await createSimdCompute();
    const widths = [45, 21, 13, 3];
    const net = createNetwork({ widths, negativeSlope: 0.1, initialiser: 'he', seed: 4 });
    const many = scatter(23, 45);
    // The second four are too sparse to go together; the last three are too few.
    for (let i = 4 * 45; i < 8 * 45; i++) if (i % 3 > 0) many[i] = 0;
    const singly = Array.from({ length: 23 }, (_, i) => many.subarray(45 * i, 45 * (i + 1)));
    for (const kernel of ['forward', 'activations', 'patterns', 'hashes'] as const) {
      const one: number[] = [];
      for (const point of singly) one.push(...(await compute[kernel](net, point)));
      expect([...(await compute[kernel](net, many))]).toEqual(one);
    }
    const { count } = await compute.compare(net, many, singly[9]);
    expect([count[9], count.length]).toEqual([0, 23]);
  });
});

describe('where WebAssembly is forbidden', () => {
  it('64-bit arithmetic does the work, and says why', async () => {
    vi.stubGlobal('WebAssembly', {
      compile: async () => {
        throw new Error('blocked by the page’s policy');
      },
    });
    const notices: string[] = [];
    const options = { gpu: undefined, onNotice: (message: string) => notices.push(message) };
    const auto = await createCompute({ prefer: 'auto', ...options });
    expect([auto.backend, notices]).toEqual(['reference', []]);
    expect(auto.description).toBe(
      'CPU, 64-bit: WebGPU is not available here; WebAssembly SIMD does not run here (blocked by the page’s policy)',
    );
    const asked = await createCompute({ prefer: 'simd', ...options });
    expect(asked.backend).toBe('reference');
    expect(notices).toEqual([
      'WebAssembly SIMD does not run here (blocked by the page’s policy). The CPU does the work.',
    ]);
    const known = createReferenceCompute();
    const few = points.subarray(0, 20);
    expect(await asked.forward(net, few)).toEqual(await known.forward(net, few));
  });
});
