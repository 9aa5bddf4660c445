import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import type { PackedNetwork } from '../../../src/compute/packed/layout.ts';
import { PackedCompute } from '../../../src/compute/packed/packedCompute.ts';
import { createSimdRunner } from '../../../src/compute/simd/backend.ts';
import { nextTask } from '../../../src/jobs/slices.ts';
import { createNetwork } from '../../../src/model/initialisers/createNetwork.ts';
import { scatter } from '../../gpu/nets.ts';

const make = (seed: number) =>
  createNetwork({ widths: [2, 16, 16, 1], negativeSlope: 0, initialiser: 'he', seed });
const points = scatter(8, 2);

/** A backend that tells which networks it was given. */
async function watched(onUpload: (packed: PackedNetwork) => void): Promise<PackedCompute> {
  const runner = await createSimdRunner();
  return new PackedCompute({
    backend: runner.backend,
    description: runner.description,
    upload: (packed) => {
      onUpload(packed);
      return runner.upload(packed);
    },
    run: (batch, options) => runner.run(batch, options),
    dispose: () => runner.dispose(),
  });
}

describe('what is made of a network', () => {
  it('is made once, and taken to the kernels only when another was there', async () => {
    const heard: PackedNetwork[] = [];
    const compute = await watched((packed) => heard.push(packed));
    const [one, two] = [make(1), make(2)];
    for (const net of [one, one, two, one]) await compute.forward(net, points);
    await compute.bounds(one, points, 0.1);
    expect(heard).toHaveLength(3);
    expect(heard[2]).toBe(heard[0]);
  });

  it('goes with the network: a run of training leaves none behind', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const made: WeakRef<PackedNetwork>[] = [];
    const compute = await watched((packed) => made.push(new WeakRef(packed)));
    for (let frame = 0; frame < 50; frame++) {
      await compute.bounds(make(frame), points, 0.1, { method: 'crown' });
      await compute.distances(make(frame), points);
    }
    for (let turn = 0; turn < 5; turn++) {
      await nextTask();
      collect();
    }
    expect(made).toHaveLength(100);
    // At most the one that is uploaded, and the last one of CROWN, whose times are compared.
    expect(made.filter((packed) => packed.deref()).length).toBeLessThanOrEqual(2);
  });
});
