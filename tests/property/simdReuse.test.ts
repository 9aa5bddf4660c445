import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Compute, ComputeOptions } from '../../src/compute/compute.ts';
import { createSimdCompute } from '../../src/compute/simd/backend.ts';
import type { Model } from '../../src/model/model.ts';
import { anyNet, scatter } from '../gpu/nets.ts';
import { LADDER_METHODS } from './ladderTrials32.ts';

const KINDS = ['patterns', 'hashes', 'compare', 'distances', 'detail', ...LADDER_METHODS] as const;
type Kind = (typeof KINDS)[number];

/** Any call, its result as it comes. */
function ask(at: Compute, net: Model, kind: Kind, points: Float64Array, options: ComputeOptions) {
  switch (kind) {
    case 'patterns':
    case 'hashes':
      return at[kind](net, points, options);
    case 'compare':
      return at.compare(net, points, points.slice(0, net.inputs), options);
    case 'distances':
      return at.distances(net, points, options);
    case 'detail':
      return at.bounds(net, points, 0.1, { ...options, detail: true });
    default:
      return at.bounds(net, points, 0.1, { ...options, method: kind });
  }
}

const call = fc.record({
  net: anyNet,
  kind: fc.constantFrom(...KINDS),
  n: fc.constantFrom(1, 3, 50, 2000),
  /** When it is aborted: before its turn, when it first tells how far it is, or never. */
  stop: fc.constantFrom('before', 'midway', 'never', 'never'),
});

describe('one set of kernels', () => {
  let shared: Compute;
  beforeAll(async () => {
    shared = await createSimdCompute();
  });

  it('gives for one network after another, also after calls that are aborted, what a fresh one gives', async () => {
    let given = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(call, { minLength: 2, maxLength: 6 }), async (calls) => {
        const waiting = calls.map(({ net, kind, n, stop }) => {
          const controller = new AbortController();
          const reason = new Error('enough');
          const points = scatter(n, net.inputs);
          const result = ask(shared, net, kind, points, {
            signal: controller.signal,
            onProgress: () => {
              if (stop === 'midway') controller.abort(reason);
            },
          });
          if (stop === 'before') controller.abort(reason);
          return { net, kind, points, reason, settled: Promise.allSettled([result]) };
        });
        for (const { net, kind, points, reason, settled } of waiting) {
          const [outcome] = await settled;
          if (outcome.status === 'rejected') {
            expect(outcome.reason).toBe(reason);
            continue;
          }
          const fresh = await createSimdCompute();
          expect(outcome.value).toEqual(await ask(fresh, net, kind, points, {}));
          fresh.dispose();
          given++;
        }
      }),
      { numRuns: 60 },
    );
    expect(given).toBeGreaterThan(60);
  });
});
