import { describe, expect, it } from 'vitest';
import { sampleRegions } from '../../../src/bounds/sampling.ts';
import { createReferenceCompute } from '../../../src/compute/reference/backend.ts';
import { sampleCircle } from '../../../src/jobs/compute/samples.ts';
import { createNetwork } from '../../../src/model/initialisers/createNetwork.ts';

const net = createNetwork({
  widths: [2, 64, 64, 64, 1],
  negativeSlope: 0,
  initialiser: 'he',
  seed: 3,
});
const compute = createReferenceCompute();
const circle = { id: 1, x: 0.2, y: 0.1, r: 0.3 };

describe('samples in a circle', () => {
  it('show what they show in one go, though they come in many calls that others may come between', async () => {
    const calls: number[] = [];
    const found = await sampleCircle(
      (call) =>
        call({
          ...compute,
          hashes(of, points, options) {
            calls.push(points.length / 2);
            return compute.hashes(of, points, options);
          },
        }),
      net,
      circle,
      { samples: 6000, seed: 1, signal: new AbortController().signal },
    );
    expect(calls.length).toBeGreaterThan(1);
    expect(calls.reduce((sum, points) => sum + points, 0)).toBe(6000);
    const at = Float64Array.of(circle.x, circle.y);
    const options = { samples: 6000, seed: 1 };
    expect(found).toEqual(await sampleRegions(compute, net, at, circle.r, options));
    expect(found.atLeast).toBeGreaterThan(50);
  });

  it('end when nobody waits for them any more', async () => {
    const abort = new AbortController();
    const sampling = sampleCircle(
      (call) => {
        abort.abort();
        return call(compute);
      },
      net,
      circle,
      { samples: 1_000_000, seed: 1, signal: abort.signal },
    );
    await expect(sampling).rejects.toBe(abort.signal.reason);
  });
});
