import { afterAll, beforeAll, describe } from 'vitest';
import type { Compute } from '../../src/compute/compute.ts';
import { answers } from '../conformance/backend.ts';
import { openChromium } from './chromium.ts';

describe('WebGPU in Chromium', () => {
  let compute: Compute;
  beforeAll(async () => {
    compute = await openChromium();
  }, 60_000);
  afterAll(() => compute.dispose());
  answers(() => compute);
});
