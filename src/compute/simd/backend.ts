import type { Compute } from '../compute.ts';
import { PackedCompute } from '../packed/packedCompute.ts';
import { createSimdRunner, type SimdOptions } from './runner.ts';

/**
 * The SIMD backend. Throws an `Error` whose message is one sentence for the user where WebAssembly or its SIMD is missing
 * or forbidden.
 */
export async function createSimdCompute(options: SimdOptions = {}): Promise<Compute> {
  return new PackedCompute(await createSimdRunner(options));
}
