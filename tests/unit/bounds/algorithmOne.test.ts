import { describe, expect, it } from 'vitest';
import { algorithmOne } from '../../../src/bounds/algorithmOne.ts';
import { powerOfTwo, zaslavsky } from '../../../src/bounds/regionBounds.ts';
import { InputError } from '../../../src/errors.ts';
import { networkFromJson } from '../../../src/model/json.ts';
import { type CaseBound, readCases } from './cases.ts';

const cases = readCases();
const balls = cases.flatMap(({ name, net, bounds }) => bounds.map((ball) => ({ name, net, ball })));

/** Rounded outward: no less than the known values, but for their own last digit, and hardly more. */
function expectClose(given: ArrayLike<number>, known: number[]): void {
  expect(given.length).toBe(known.length);
  known.forEach((value, j) => {
    expect(given[j] - value).toBeGreaterThanOrEqual(-1e-15 * value);
    expect(given[j] - value).toBeLessThanOrEqual(1e-12 * Math.max(1, value));
  });
}

function expectSame(given: ReturnType<typeof algorithmOne>, known: CaseBound, d: number): void {
  known.layers.forEach((layer, k) => {
    expect([...given.layers[k].A]).toEqual(layer.A);
    expect([...given.layers[k].P]).toEqual(layer.P);
    expect([...given.layers[k].S]).toEqual(layer.S);
    expect(given.layers[k].C).toBe(layer.C);
    expectClose(given.layers[k].U, layer.U);
    expectClose(given.layers[k].rawU, layer.U_raw);
  });
  expect(given.layers.length).toBe(known.layers.length);
  expect(given.C).toBe(known.C);
  expect(powerOfTwo(given.C)).toBe(BigInt(known.bound_2C));
  const counts = given.layers.map(({ C }) => C);
  expect(counts).toEqual(known.C_per_layer);
  expect(zaslavsky(counts, d)).toBe(BigInt(known.bound_zaslavsky));
}

describe('Algorithm 1', () => {
  it('has balls with known answers to be held against', () => {
    expect(balls.length).toBeGreaterThan(30);
    expect(new Set(balls.map(({ name }) => name)).size).toBeGreaterThanOrEqual(10);
  });

  it.each(balls)('as printed gives the known values of $name at $ball.c, r = $ball.r', (known) => {
    const { net, ball } = known;
    expectSame(algorithmOne(net, ball.c, ball.r, 'printed'), ball.paper, net.inputs);
  });

  it.each(balls)('guarded gives the known values of $name at $ball.c, r = $ball.r', (known) => {
    const { net, ball } = known;
    expectSame(algorithmOne(net, ball.c, ball.r), ball.guarded, net.inputs);
  });

  it('counts nothing in a ball of radius zero away from every crease, and the crease under it', () => {
    const net = networkFromJson({
      layers: [
        { W: [[1, 0]], b: [0] },
        { W: [[1]], b: [0] },
      ],
    });
    expect(algorithmOne(net, [0.5, 0], 0).C).toBe(0);
    expect(algorithmOne(net, [0, 0], 0, 'printed').C).toBe(1);
    expect(algorithmOne(net, [0, 0], 0).C).toBe(0);
    expect(algorithmOne(net, [0, 0], 1e-300).C).toBe(1);
  });

  it('works in one and in five dimensions', () => {
    const line = networkFromJson({
      layers: [
        { W: [[2], [-1]], b: [-1, 0] },
        { W: [[1, 1]], b: [0] },
      ],
    });
    expect([...algorithmOne(line, [0.25], 0.25).layers[0].S]).toEqual([1, 1]);
    const five = networkFromJson({
      layers: [
        { W: [[1, 2, 2, 4, 0]], b: [-6] },
        { W: [[1]], b: [0] },
      ],
    });
    const [layer] = algorithmOne(five, [0, 0, 0, 0, 1], 1).layers;
    expect([layer.A[0], layer.S[0]]).toEqual([-6, 0]);
    expectClose(layer.rawU, [5]);
  });

  it('keeps gradients whose squares leave the range of f64', () => {
    const at = (scale: number) =>
      networkFromJson({
        layers: [
          { W: [[3 * scale, 4 * scale]], b: [0] },
          { W: [[1]], b: [0] },
        ],
      });
    for (const scale of [2 ** -600, 2 ** 600])
      expect(algorithmOne(at(scale), [0, 0], 1).layers[0].rawU[0] / scale).toBeCloseTo(5, 12);
  });

  it('follows the rules for a leaky slope through every branch', () => {
    const net = networkFromJson({
      activation: 'leaky-relu',
      negativeSlope: 0.25,
      layers: [
        { W: [[1], [1], [1], [1]], b: [-4, -0.5, 0.5, 4] },
        {
          W: [
            [1, 0, 0, 1],
            [1, 2, 4, 1],
          ],
          b: [0, 4],
        },
        { W: [[1, 1]], b: [0] },
      ],
    });
    const [first, second] = algorithmOne(net, [0], 1).layers;
    expect([...first.S]).toEqual([0, 1, 1, 0]);
    expect([...first.P]).toEqual([0, 1, 1, 0]);
    // Off: a·r. Unstable below zero: r + (1 − a)·A. Unstable above: r. On: r.
    expectClose(first.U, [0.25, 0.625, 1, 1]);
    // Off keeps its gradient a: 1·0.25 + 1·1, and no bent input reaches the first neuron.
    expect([second.A[0], second.P[0], second.S[0]]).toEqual([3, 0, 0]);
    // 1.25 from the affine inputs, 2·0.625 + 4·1 from the bent ones.
    expect([second.S[1], second.P[1]]).toEqual([0, 1]);
    expectClose(second.rawU, [1.25, 6.5]);
  });

  it('names what is wrong with a centre or radius', () => {
    const { net } = cases[0];
    expect(() => algorithmOne(net, [0], 1)).toThrow(
      new InputError('the centre has 1 coordinates but the network takes 2'),
    );
    expect(() => algorithmOne(net, [0, Number.NaN], 1)).toThrow(/coordinate 2 .* not a finite/);
    for (const r of [-1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => algorithmOne(net, [0, 0], r)).toThrow(InputError);
  });

  it('says so when the numbers leave the range of f64', () => {
    const net = networkFromJson({
      layers: [
        { W: [[1e200, 0]], b: [0] },
        { W: [[1e200]], b: [0] },
        { W: [[1]], b: [0] },
      ],
    });
    expect(() => algorithmOne(net, [1, 0], 1)).toThrow(/layer 2 leave the range/);
  });
});
