import { solveQP } from 'quadprog';
import type { Model } from '../../src/model/model.ts';

/** g·δ + b > 0 */
interface Half {
  readonly g: readonly number[];
  readonly b: number;
}

/** Kept away from sides and rim by so much: nothing is proved. */
const MARGIN = 1e-9;

/** 1-based, as the library wants its matrices. */
const based = <T>(list: readonly T[]): T[] => [undefined as T, ...list];

/**
 * The regions that meet a ball as one would first write it: layer by layer, crease by crease, with a program of a generic
 * library (quadprog, a dense Goldfarb–Idnani) for either side of every crease that meets the ball. What is compared
 * with, not a reference: it is not proved.
 */
export function plainBall(
  net: Model,
  x: Float64Array,
  r: number,
): { regions: number; nodes: number; programs: number } {
  const d = net.inputs;
  let [regions, nodes, programs] = [0, 0, 0];
  // The library writes over the matrix.
  const identity = () =>
    based(
      Array.from({ length: d }, (_, i) => based(Array.from({ length: d }, (_, t) => +(i === t)))),
    );
  const zeros = based(new Array<number>(d).fill(0));
  const meets = (halves: readonly Half[]): boolean => {
    programs++;
    const normals = based(Array.from({ length: d }, (_, t) => based(halves.map(({ g }) => g[t]))));
    const least = based(halves.map(({ b }) => MARGIN - b));
    const { solution, message } = solveQP(identity(), zeros, normals, least);
    if (message !== '') return false;
    let square = 0;
    for (let t = 1; t <= d; t++) square += solution[t] * solution[t];
    return Math.sqrt(square) < r - MARGIN;
  };
  const visit = (
    layer: number,
    from: number,
    halves: Half[],
    z: readonly Half[],
    on: boolean[],
  ) => {
    nodes++;
    for (let j = from; j < z.length; j++) {
      const { g, b } = z[j];
      if (Math.abs(b) >= r * Math.hypot(...g)) {
        on[j] = b > 0;
        continue;
      }
      const plus = [...halves, z[j]];
      const minus = [...halves, { g: g.map((v) => -v), b: -b }];
      const [isOn, isOff] = [meets(plus), meets(minus)];
      on[j] = isOn;
      if (!isOn || !isOff) continue;
      visit(layer, j + 1, plus, z, [...on]);
      on[j] = false;
      visit(layer, j + 1, minus, z, [...on]);
      return;
    }
    if (layer + 1 === net.hidden.length) regions++;
    else visit(layer + 1, 0, halves, next(net, layer + 1, z, on), []);
  };
  const input = Array.from({ length: d }, (_, i) => ({
    g: Array.from({ length: d }, (_, t) => +(i === t)),
    b: x[i],
  }));
  const all = input.map(() => true);
  visit(0, 0, [], next(net, 0, input, all), []);
  return { regions, nodes, programs };
}

function next(net: Model, layer: number, below: readonly Half[], on: readonly boolean[]): Half[] {
  const { inputs, outputs, weights, biases } = net.hidden[layer];
  const slopes = net.hidden[layer - 1]?.slopes;
  return Array.from({ length: outputs }, (_, j) => {
    const g = new Array<number>(net.inputs).fill(0);
    let b = biases[j];
    for (let i = 0; i < inputs; i++) {
      const w = weights[j * inputs + i] * (on[i] ? 1 : slopes[i]);
      if (w === 0) continue;
      b += w * below[i].b;
      for (let t = 0; t < g.length; t++) g[t] += w * below[i].g[t];
    }
    return { g, b };
  });
}
