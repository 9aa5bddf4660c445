import { describe, expect, it } from 'vitest';
import { type KernelName, kernelNamed } from '../../../src/compute/packed/kernels.ts';
import { createNetwork } from '../../../src/model/initialisers/createNetwork.ts';
import type { Model } from '../../../src/model/model.ts';

const net = (...widths: number[]) =>
  createNetwork({ widths, negativeSlope: 0, initialiser: 'he', seed: 1 });

const workOf = (of: Model, kernel: KernelName) => kernelNamed(kernel).work(of);

describe('the work of a kernel per point', () => {
  it('is counted layer by layer', () => {
    const small = net(2, 3, 5, 7, 1);
    const weights = 6 + 15 + 35 + 7;
    const gradients = 2 * (15 + 35);
    expect(workOf(small, 'forward')).toBe(weights);
    expect(workOf(small, 'ibp')).toBe(3 * weights);
    expect(workOf(small, 'algorithm1')).toBe(3 * weights + gradients);
    // The third layer takes the columns of the first, of whose three neurons one is unstable.
    expect(workOf(small, 'zonotope')).toBe(3 * weights + gradients + 35);
    // Five neurons go back through the gradients of three, seven through the second layer as well.
    expect(workOf(small, 'crown')).toBe(4 * weights + 2 * 5 * 6 + 2 * 7 * (6 + 15));
  });

  it('has the many coordinates of an image in the first layer alone, where a triangle stands for its gradients', () => {
    const image = net(784, 10, 10, 1);
    expect(workOf(image, 'algorithm1') - 3 * workOf(image, 'forward')).toBe(10 * 100);
    expect(workOf(image, 'crown') - 4 * workOf(image, 'forward')).toBe(2 * 10 * 10 * 10);
  });

  it('is that of the weights where nothing is hidden', () => {
    expect(workOf(net(2, 3), 'crown')).toBe(4 * 6);
  });
});
