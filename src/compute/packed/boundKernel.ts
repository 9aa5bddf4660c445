import type { BoundOptions } from '../compute.ts';
import type { KernelName } from './kernelName.ts';

/** The kernel for a call of `bounds`; undefined if it asks for detail, which is computed in 64 bits. */
export function boundKernel({
  method = 'algorithm1',
  detail = false,
}: BoundOptions = {}): KernelName | undefined {
  if (detail) return undefined;
  return method === 'algorithm1' ? 'bounds' : method;
}
