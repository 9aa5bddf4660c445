import type { BoundOptions } from '../compute.ts';
import type { KernelName } from './kernelName.ts';

/**
 * The kernel that does what a call of `bounds` asks for, or undefined where 64 bits are asked for: by the numbers of
 * every neuron that a person will read (only Algorithm 1's kernel tells which of them are good enough), or by a rounding
 * that the kernels do not have. They all round outward.
 */
export function boundKernel({
  method = 'algorithm1',
  rounding,
  detail = false,
}: BoundOptions = {}): KernelName | undefined {
  if (method !== 'algorithm1') return detail || rounding === 'nearest' ? undefined : method;
  return detail && rounding === 'outward' ? undefined : 'bounds';
}
