import { type Model, neuronAt } from '../../src/model/model.ts';
import { BORDER, type RegionComplex } from '../../src/regions/complex/complex.ts';
import { Fraction } from './fraction.ts';
import { type Affine, compose, type Point } from './rationalEnumerator.ts';

const ZERO = new Fraction(0n);
const ONE = new Fraction(1n);
const PLANE: readonly Affine[] = [
  [ONE, ZERO, ZERO],
  [ZERO, ONE, ZERO],
];

const bitOf = ({ patterns, words }: RegionComplex, face: number, i: number): boolean =>
  ((patterns[face * words + (i >>> 5)] >>> (i & 31)) & 1) === 1;

/** The pre-activation of a neuron, given by its flat index, where the pattern of a face holds. */
function preActivation(net: Model, complex: RegionComplex, face: number, id: number): Affine {
  const { layer, neuron } = neuronAt(net, id);
  let maps = PLANE;
  let first = 0;
  for (let l = 0; l <= layer; l++) {
    const { weights, biases, outputs, slopes } = net.layers[l];
    const z = compose(weights, biases, maps);
    if (l === layer) return z[neuron];
    maps = z.map((map, j): Affine => {
      if (bitOf(complex, face, first + j)) return map;
      const [a, b, c] = map.map((v) => v.times(Fraction.of(slopes[j])));
      return [a, b, c];
    });
    first += outputs;
  }
  throw new RangeError(`no neuron ${id}`);
}

/** The line through two neighbouring corners of the domain. */
function side({ border }: RegionComplex, i: number): Affine {
  const n = border.length / 2;
  const [x, y, u, v] = [
    border[2 * i],
    border[2 * i + 1],
    border[2 * ((i + 1) % n)],
    border[2 * ((i + 1) % n) + 1],
  ].map(Fraction.of);
  const [a, b] = [y.minus(v), u.minus(x)];
  return [a, b, ZERO.minus(a.times(x).plus(b.times(y)))];
}

/** Every vertex of a complex as the point where its two lines meet, by rational arithmetic from the weights. */
export function exactVertices(net: Model, complex: RegionComplex): Point[] {
  const { vertexCount, vertexLines, vertexFace } = complex;
  const line = (v: number, id: number) =>
    id <= BORDER ? side(complex, BORDER - id) : preActivation(net, complex, vertexFace[v], id);
  return Array.from({ length: vertexCount }, (_, v) => {
    const [a1, b1, c1] = line(v, vertexLines[2 * v]);
    const [a2, b2, c2] = line(v, vertexLines[2 * v + 1]);
    const w = a1.times(b2).minus(a2.times(b1));
    const x = b1.times(c2).minus(b2.times(c1));
    const y = c1.times(a2).minus(c2.times(a1));
    return [x.over(w), y.over(w)];
  });
}

/** The pre-activations of all hidden neurons at a point, in order. */
export function exactForward(net: Model, [x, y]: Point): Fraction[] {
  const all: Fraction[] = [];
  let values: readonly Fraction[] = [x, y];
  for (const { weights, biases, inputs, slopes } of net.layers.slice(0, -1)) {
    const z = Array.from(biases, (bias, j) =>
      values.reduce(
        (sum, value, i) => sum.plus(Fraction.of(weights[j * inputs + i]).times(value)),
        Fraction.of(bias),
      ),
    );
    all.push(...z);
    values = z.map((v, j) => (v.sign > 0 ? v : v.times(Fraction.of(slopes[j]))));
  }
  return all;
}

/** Twice the area of a polygon. */
export function exactArea2(corners: readonly Point[]): Fraction {
  return corners.reduce((sum, [x, y], i) => {
    const [u, v] = corners[(i + 1) % corners.length];
    return sum.plus(x.times(v).minus(u.times(y)));
  }, ZERO);
}

/** The mean of points. */
export function centroid(points: readonly Point[]): Point {
  const n = new Fraction(BigInt(points.length));
  const mean = (i: 0 | 1) => points.reduce((sum, p) => sum.plus(p[i]), ZERO).over(n);
  return [mean(0), mean(1)];
}
