import type { Model } from '../../src/model/model.ts';

/** mantissa · 2^exponent: sums and products of 64-bit numbers, exactly, for tests that judge rounding. */
export class Dyadic {
  readonly m: bigint;
  readonly e: number;

  constructor(m: bigint, e = 0) {
    this.m = m;
    this.e = e;
  }

  /** The number that `value` is, by doubling it until it is whole. */
  static of(value: number): Dyadic {
    let e = 0;
    let v = value;
    while (!Number.isInteger(v)) {
      v *= 2;
      e--;
    }
    return new Dyadic(BigInt(v), e);
  }

  plus(o: Dyadic): Dyadic {
    if (this.m === 0n) return o;
    if (o.m === 0n) return this;
    const e = Math.min(this.e, o.e);
    return new Dyadic((this.m << BigInt(this.e - e)) + (o.m << BigInt(o.e - e)), e);
  }

  times(o: Dyadic): Dyadic {
    return new Dyadic(this.m * o.m, this.e + o.e);
  }

  minus(o: Dyadic): Dyadic {
    return this.plus(new Dyadic(-o.m, o.e));
  }

  get squared(): Dyadic {
    return this.times(this);
  }

  get sign(): number {
    return this.m > 0n ? 1 : this.m < 0n ? -1 : 0;
  }
}

const ZERO = new Dyadic(0n);
const ONE = new Dyadic(1n);

/** A pre-activation at a point and its gradient there. */
export interface DyadicAffine {
  readonly z: Dyadic;
  readonly gradient: readonly Dyadic[];
}

/** A network with its numbers as they are, so that many points can be taken through it. */
export class DyadicNetwork {
  readonly #layers: readonly {
    readonly W: readonly Dyadic[];
    readonly b: readonly Dyadic[];
    readonly slopes: readonly Dyadic[];
  }[];

  constructor(net: Model) {
    this.#layers = net.hidden.map(({ weights, biases, slopes }) => ({
      W: Array.from(weights, Dyadic.of),
      b: Array.from(biases, Dyadic.of),
      slopes: Array.from(slopes, Dyadic.of),
    }));
  }

  /** z of every hidden neuron at a point, in flat order. */
  preActivations(x: readonly Dyadic[]): Dyadic[] {
    let h = x;
    return this.#layers.flatMap(({ W, b, slopes }) => {
      const before = h;
      const z = b.map((bias, j) =>
        before.reduce(
          (sum, v, i) => (v.m === 0n ? sum : sum.plus(v.times(W[j * before.length + i]))),
          bias,
        ),
      );
      h = z.map((v, j) => activation(v, slopes[j]));
      return z;
    });
  }

  /** Every hidden neuron at a point of the inside of a region, in flat order. */
  affineAt(x: readonly Dyadic[]): DyadicAffine[] {
    const d = x.length;
    let h: DyadicAffine[] = x.map((z, i) => ({
      z,
      gradient: x.map((_, t) => (t === i ? ONE : ZERO)),
    }));
    return this.#layers.flatMap(({ W, b, slopes }) => {
      const before = h;
      const found = b.map((bias, j) => {
        let z = bias;
        const gradient = new Array<Dyadic>(d).fill(ZERO);
        before.forEach((input, i) => {
          const w = W[j * before.length + i];
          if (w.m === 0n) return;
          z = z.plus(w.times(input.z));
          for (let t = 0; t < d; t++) gradient[t] = gradient[t].plus(w.times(input.gradient[t]));
        });
        return { z, gradient };
      });
      h = found.map(({ z, gradient }, j) => {
        const slope = z.m > 0n ? ONE : slopes[j];
        return { z: z.times(slope), gradient: gradient.map((g) => g.times(slope)) };
      });
      return found;
    });
  }

  /** The post-activations of all hidden neurons whose pre-activations `z` are, in flat order. */
  activations(z: readonly Dyadic[]): Dyadic[] {
    const slopes = this.#layers.flatMap((layer) => layer.slopes);
    return z.map((v, i) => activation(v, slopes[i]));
  }
}

const activation = (z: Dyadic, slope: Dyadic): Dyadic =>
  z.m > 0n ? z : slope.m === 0n ? ZERO : z.times(slope);

/**
 * The centre, and points of the closed ball that are as far out as they can be and still dyadic: in opposite pairs, along
 * every axis and, almost on the rim, askew.
 */
export function rimPoints(x: ArrayLike<number>, r: number): Dyadic[][] {
  const centre = Array.from(x, Dyadic.of);
  const reach = Dyadic.of(r);
  const points = [centre];
  const moved = (by: readonly (readonly [number, number])[]) => {
    for (const sign of [1, -1]) {
      const point = [...centre];
      for (const [t, share] of by) point[t] = point[t].plus(reach.times(Dyadic.of(sign * share)));
      points.push(point);
    }
  };
  for (let t = 0; t < x.length; t++) moved([[t, 1]]);
  if (x.length > 1) {
    moved([
      [0, 614 / 1024],
      [1, 819 / 1024],
    ]);
    moved([
      [0, 614 / 1024],
      [1, -819 / 1024],
    ]);
  }
  return points;
}
