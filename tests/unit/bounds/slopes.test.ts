import { describe, expect, it } from 'vitest';
import { algorithmOne } from '../../../src/bounds/algorithmOne.ts';
import { CertainPattern } from '../../../src/bounds/certainPattern.ts';
import { localBounds } from '../../../src/bounds/ladder.ts';
import { type BoundMethod, boundMethods } from '../../../src/bounds/methods.ts';
import { type AffineMap, createModel, type Model } from '../../../src/model/model.ts';
import { createRandom } from '../../../src/random.ts';
import { mixSlopes } from '../../support/networks.ts';

const map = (W: readonly (readonly number[])[], b: readonly number[]): AffineMap => ({
  inputs: W[0].length,
  outputs: W.length,
  weights: Float64Array.from(W.flat()),
  biases: Float64Array.from(b),
});

/** One input; `s` are the slopes of the first hidden layer, whose neurons are all z = x. */
const overX = (s: readonly number[], W: readonly number[], b: number): Model =>
  createModel(
    [
      map(
        s.map(() => [1]),
        s.map(() => 0),
      ),
      map([W], [b]),
      map([[1]], [0]),
    ],
    [Float64Array.from(s), new Float64Array(1)],
  );

/** The interval of the neuron in the second layer. */
function second(net: Model, x: number, r: number, method: BoundMethod): [number, number] {
  const { lo, hi } = localBounds(net, [x], r, method, 'nearest').layers[1];
  return [lo[0], hi[0]];
}

describe('bounds with a slope for every neuron', () => {
  it('follow an absolute value that is undecided, worked out by hand', () => {
    // |x| − 5 for x in [−1, 3] is in [−5, −2].
    const net = overX([-1], [1], -5);
    const at = (method: BoundMethod) => second(net, 1, 2, method);
    expect(at('ibp')).toEqual([-5, -2]);
    // σ(1) = 1, and the remainder is [0 − 1, 3 − 1].
    expect(at('algorithm1plus')).toEqual([-5, -2]);
    // U = 2 on both sides of 1.
    expect(at('algorithm1')).toEqual([-6, -2]);
    // Chord ½ z + 3/2, and z below: within the intervals.
    expect(at('crown')).toEqual([-5, -2]);
    // μ = (−1 − ½)(−1)/2 = 3/4: ½ z + 3/4 ± 3/4 with z in 1 ± 2.
    expect(at('zonotope')).toEqual([1.25 - 1.75 - 5, -2]);
    for (const method of boundMethods) expect(localBounds(net, [1], 2, method).C).toBe(1);
  });

  it('follow a chord that is flat, where only its constant is left', () => {
    // |x| − 5 for x in [−2, 2]: chord 0 z + 2.
    const net = overX([-1], [1], -5);
    expect(second(net, 0, 2, 'zonotope')).toEqual([-5, -3]);
    expect(second(net, 0, 2, 'crown')).toEqual([-5, -3]);
    // The neuron above |x| − 1.5 switches.
    const above = overX([-1], [1], -1.5);
    for (const method of boundMethods)
      expect(localBounds(above, [0], 2, method).layers.map(({ C }) => C)).toEqual([1, 1]);
  });

  it('let Algorithm 1 move a neuron with a negative slope by no more than it does', () => {
    // max(z, −z/2) for z in −1 ± 2: from ½ down to 0 and up to 3/2.
    const { layers } = algorithmOne(overX([-0.5], [1], 0), [-1], 2);
    expect(layers[0].S[0]).toBe(1);
    expect(layers[0].U[0]).toBeCloseTo(1, 13);
    expect(layers[1].A[0]).toBe(0.5);
    // max(z, −z/8) for z in −1 ± 8: the right side is longer, to 7 from 1/8.
    expect(algorithmOne(overX([-0.125], [1], 0), [-1], 8).layers[0].U[0]).toBeCloseTo(6.875, 13);
  });

  it('turn the gradient round where an absolute value is off', () => {
    // |x| + x + 1 = 1 for x in [−3, −1].
    const net = overX([-1, 1], [1, 1], 1);
    for (const method of ['algorithm1', 'algorithm1plus', 'zonotope', 'crown'] as const)
      expect(second(net, -2, 1, method)).toEqual([1, 1]);
    // Intervals do not see that the two are one number.
    expect(second(net, -2, 1, 'ibp')).toEqual([-1, 3]);
    // The remainder of a bent input turns round, too: −|x| − 4 for x in [−1, 3] is in [−7, −4].
    const twice = createModel(
      [map([[1]], [0]), map([[-1]], [-4]), map([[1]], [0]), map([[1]], [0])],
      [Float64Array.of(-1), Float64Array.of(-1), Float64Array.of(0)],
    );
    for (const method of ['ibp', 'algorithm1plus', 'crown'] as const) {
      const { lo, hi } = localBounds(twice, [1], 2, method, 'nearest').layers[2];
      expect([lo[0], hi[0]]).toEqual([4, 7]);
    }
  });

  it('count no crease of a neuron with slope 1, as printed or guarded', () => {
    // x, and a constant 0: as printed, Algorithm 1 counts a constant 0.
    const net = createModel(
      [map([[1], [0]], [0, 0]), map([[1, 1]], [-2]), map([[1]], [0])],
      [Float64Array.of(1, 1), Float64Array.of(0)],
    );
    for (const variant of ['guarded', 'printed'] as const) {
      const { layers, C } = algorithmOne(net, [0], 1, variant);
      expect(C).toBe(0);
      expect([...layers[0].P]).toEqual([0, 0]);
    }
    for (const method of boundMethods) {
      expect(localBounds(net, [0], 1, method).C).toBe(0);
      // x − 2 switches from r = 2 on.
      expect(localBounds(net, [0], 3, method).layers.map(({ C }) => C)).toEqual([0, 1]);
    }
  });

  it('are those of the affine map multiplied out, where a first layer has slope 1', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const random = createRandom(seed, 1);
      const draw = (rows: number, columns: number) =>
        Array.from({ length: rows }, () => Array.from({ length: columns }, () => 2 * random() - 1));
      const [A, a] = [draw(5, 2), draw(1, 5)[0]];
      const [B, b] = [draw(4, 5), draw(1, 4)[0]];
      const product = B.map((row) =>
        [0, 1].map((t) => row.reduce((sum, w, i) => sum + w * A[i][t], 0)),
      );
      const shift = B.map((row, j) => row.reduce((sum, w, i) => sum + w * a[i], b[j]));
      const rest = [map(draw(3, 4), draw(1, 3)[0]), map(draw(1, 3), [0])];
      const flat = mixSlopes(createModel([map(product, shift), ...rest]), random);
      const slopes = flat.hidden.map((layer) => layer.slopes);
      const deep = createModel(
        [map(A, a), map(B, b), ...rest],
        [new Float64Array(5).fill(1), ...slopes],
      );
      const x = [2 * random() - 1, 2 * random() - 1];
      for (const method of ['algorithm1', 'algorithm1plus', 'zonotope', 'crown'] as const) {
        const [one, other] = [flat, deep].map((net) => localBounds(net, x, 0.4, method).layers);
        expect(other[0].C).toBe(0);
        one.forEach(({ C, lo, hi }, k) => {
          expect([method, other[k + 1].C]).toEqual([method, C]);
          lo.forEach((l, j) => {
            expect(other[k + 1].lo[j]).toBeCloseTo(l, 12);
            expect(other[k + 1].hi[j]).toBeCloseTo(hi[j], 12);
          });
        });
      }
    }
  });

  it('have a certain pattern with bit 1 for slope 1, on either side of zero and on it', () => {
    const certain = new CertainPattern(overX([1, -1, 1], [1, 1, 0], -5));
    expect(certain.at(Float64Array.of(-1), 0)).toEqual(Uint32Array.of(0b0101));
    expect(certain.at(Float64Array.of(3), 0)).toEqual(Uint32Array.of(0b1111));
    expect(certain.at(Float64Array.of(0), 0)).toBeUndefined();
    const affine = new CertainPattern(overX([1], [1], -5));
    expect(affine.at(Float64Array.of(0), 0)).toEqual(Uint32Array.of(0b01));
  });
});
