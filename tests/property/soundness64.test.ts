import { describe, expect, it } from 'vitest';
import { boundMethods } from '../../src/bounds/methods.ts';
import { createReferenceCompute } from '../../src/compute/reference/backend.ts';
import { createSimdCompute } from '../../src/compute/simd/backend.ts';
import { counts, plain, printed, reference, runTrials64 } from './trials64.ts';

const SEED = 64;

describe('balls within a few digits of where a neuron first switches, by integers', () => {
  it('claims no false S = 0 in 20,000 of them, by any method, variant and backend', async () => {
    const [cpu, simd] = [createReferenceCompute(), await createSimdCompute()];
    const found = await runTrials64(20_000, SEED, [
      ...boundMethods.map((method) => reference(cpu, method)),
      printed,
      ...boundMethods.map((method) => counts(simd, method)),
    ]);
    for (const compute of [cpu, simd]) compute.dispose();
    for (const { bounder, balls, switching, falselyStable, outside } of found) {
      expect(balls).toBeGreaterThanOrEqual(20_000);
      expect(switching).toBeGreaterThan(8000);
      expect([bounder, falselyStable, outside]).toEqual([bounder, 0, 0]);
    }
  });

  it('does so in plain 64-bit arithmetic', async () => {
    for (const { bounder, falselyStable, outside } of await runTrials64(
      3000,
      SEED,
      boundMethods.map(plain),
    )) {
      expect([bounder, falselyStable > 100]).toEqual([bounder, true]);
      expect([bounder, outside > 100]).toEqual([bounder, true]);
    }
  });
});
