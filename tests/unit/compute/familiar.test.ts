import { describe, expect, it } from 'vitest';
import type { Radii } from '../../../src/compute/compute.ts';
import { batchLayout, packJob, packNetwork } from '../../../src/compute/packed/layout.ts';
import { PackedCompute } from '../../../src/compute/packed/packedCompute.ts';
import { pointsWithBalls } from '../../../src/compute/packed/packedPoints.ts';
import type { PackedBatch } from '../../../src/compute/packed/packedRunner.ts';
import { coveringBall, etaFor, layerConstants } from '../../../src/compute/packed/soundness.ts';
import { createSimdRunner } from '../../../src/compute/simd/backend.ts';
import { ChunkRate } from '../../../src/compute/webgpu/chunkRate.ts';
import { createNetwork } from '../../../src/model/initialisers/createNetwork.ts';
import { scatter } from '../../gpu/nets.ts';

const make = (seed: number) =>
  createNetwork({ widths: [2, 32, 32, 1], negativeSlope: 0, initialiser: 'he', seed });
const net = make(1);

describe('kernels that take longer the more neurons are unstable', () => {
  it('are told of a network or a radius that is not that of the call before', async () => {
    const runner = await createSimdRunner();
    const heard: unknown[] = [];
    const compute = new PackedCompute({
      backend: 'simd',
      description: '',
      upload: (packed) => runner.upload(packed),
      run: (batch, options) => {
        heard.push(batch.unfamiliar);
        return runner.run(batch, options);
      },
      dispose: () => runner.dispose(),
    });
    const points = scatter(3, 2);
    const ask = (r: Radii, method: 'crown' | 'zonotope' | 'ibp' = 'crown', of = net) =>
      compute.bounds(of, points, r, { method });
    await ask(0.1);
    await ask(0.1);
    await ask(0.2);
    await ask(0.2, 'zonotope');
    await ask(0.3, 'ibp');
    await ask(0.2);
    const other = make(2);
    await ask(0.2, 'crown', other);
    await ask(new Float64Array(3), 'crown', other);
    expect(heard).toEqual([true, false, true, true, false, false, true, true]);
  });

  it('begin with a short chunk then, however quick those before were', async () => {
    const runner = await createSimdRunner();
    const layout = batchLayout(net, 'crown');
    const n = 50_000;
    const points = scatter(n, 2);
    await runner.upload(packNetwork(net, layerConstants(net)));
    const counts = async (unfamiliar: boolean) => {
      const found: number[] = [];
      const batch: PackedBatch = {
        kernel: 'crown',
        n,
        layout,
        unfamiliar,
        extra: new Uint32Array(0),
        job: (count) => packJob(net, layout, count, etaFor(net, 1, 1)),
        points: pointsWithBalls(points, 2, (x, copy) => coveringBall(x, copy, 1e-6)),
        take: (words) => found.push(words.length / layout.resultWords),
      };
      await runner.run(batch, undefined);
      expect(found.reduce((sum, count) => sum + count, 0)).toBe(n);
      return found;
    };
    const usual = await counts(false);
    const careful = await counts(true);
    // The last chunk is what was left; the rate may have grown fourfold with each of the last two.
    const before = usual.at(-2)!;
    expect(before).toBeGreaterThan(64);
    expect(careful[0]).toBeLessThanOrEqual(before / 4 + 1);
  });

  it('begin short on a GPU, but not shorter than on one that nothing is known of', () => {
    const unknown = new ChunkRate().workIn(1);
    const rate = new ChunkRate();
    for (let i = 0; i < 20; i++) rate.learn(1e9, 1);
    const usual = rate.workIn(1);
    rate.doubt();
    expect(rate.workIn(1)).toBe(usual / 64);
    for (let i = 0; i < 20; i++) rate.doubt();
    expect(rate.workIn(1)).toBe(unknown);
  });
});

describe('what flushing to zero may lose', () => {
  it('counts the columns of a zonotope, of which there are as many as neurons', () => {
    const wide = createNetwork({
      widths: [1, 200, 200, 200, 1],
      negativeSlope: 0,
      initialiser: 'he',
      seed: 1,
    });
    const largestWeight = 2 ** 12;
    const perColumn = 2 * 200 + 1 + 200 * largestWeight;
    expect(etaFor(wide, largestWeight, 1)).toBeGreaterThan(600 * perColumn * 2 ** -126);
  });
});
