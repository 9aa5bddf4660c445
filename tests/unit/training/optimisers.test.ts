import { describe, expect, it } from 'vitest';
import { optimisers } from '../../../src/training/optimisers/registry.ts';

/** The parameter, starting at 1, after each of the gradients, with learning rate 0.1. */
function run(key: string, gradients: number[]): number[] {
  const optimiser = optimisers.find((kind) => kind.key === key)!.create(1);
  const parameters = Float64Array.of(1);
  return gradients.map((gradient) => {
    optimiser.step(parameters, Float64Array.of(gradient), 0.1);
    return parameters[0];
  });
}

describe('one parameter, followed by hand', () => {
  it('goes straight down the gradient with SGD', () => {
    // 1 − 0.1·2 = 0.8, 0.8 − 0.1·1 = 0.7, 0.7 + 0.1·4 = 1.1
    const path = run('sgd', [2, 1, -4]);
    [0.8, 0.7, 1.1].forEach((value, i) => {
      expect(path[i]).toBeCloseTo(value, 14);
    });
  });

  it('keeps nine tenths of its velocity with momentum', () => {
    // v: 2, 1.8 + 1 = 2.8, 2.52 − 4 = −1.48
    const path = run('momentum', [2, 1, -4]);
    [0.8, 0.52, 0.668].forEach((value, i) => {
      expect(path[i]).toBeCloseTo(value, 14);
    });
  });

  it('makes bias-corrected steps with Adam', () => {
    // m: 0.2, 0.28 → m̂: 2, 0.28/0.19; v: 0.004, 0.004996 → v̂: 4, 0.004996/0.001999
    const path = run('adam', [2, 1]);
    const first = 1 - (0.1 * 2) / (2 + 1e-8);
    const second = first - (0.1 * (0.28 / 0.19)) / (Math.sqrt(0.004996 / 0.001999) + 1e-8);
    expect(path[0]).toBeCloseTo(first, 14);
    expect(path[1]).toBeCloseTo(second, 12);
  });

  it('stays where it is when every gradient is zero', () => {
    for (const { key } of optimisers) expect(run(key, [0, 0])).toEqual([1, 1]);
  });

  it('does not share state between two optimisers of one kind', () => {
    for (const { key } of optimisers) {
      run(key, [100]);
      expect(run(key, [2])[0]).toBeLessThan(1);
      expect(run(key, [2])).toEqual(run(key, [2]));
    }
  });
});
