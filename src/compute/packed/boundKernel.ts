import type { BoundOptions } from '../compute.ts';
import type { KernelName } from './kernelName.ts';

/** The kernel that does what a call of `bounds` asks for; undefined where it asks for detail, which 64 bits give. */
export function boundKernel({
  method = 'algorithm1',
  detail = false,
}: BoundOptions = {}): KernelName | undefined {
  if (detail) return undefined;
  return method === 'algorithm1' ? 'bounds' : method;
}
