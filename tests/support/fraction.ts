/** Rational numbers in lowest terms, for tests that must not share a bug with what they judge. */
export class Fraction {
  readonly n: bigint;
  readonly d: bigint;

  constructor(n: bigint, d = 1n) {
    const g = gcd(n < 0n ? -n : n, d < 0n ? -d : d);
    const unit = d < 0n ? -g : g;
    this.n = n / unit;
    this.d = d / unit;
  }

  /** The number that `value` is, by doubling it until it is whole. */
  static of(value: number): Fraction {
    let d = 1n;
    let v = value;
    while (!Number.isInteger(v)) {
      v *= 2;
      d *= 2n;
    }
    return new Fraction(BigInt(v), d);
  }

  plus(o: Fraction): Fraction {
    return new Fraction(this.n * o.d + o.n * this.d, this.d * o.d);
  }

  minus(o: Fraction): Fraction {
    return new Fraction(this.n * o.d - o.n * this.d, this.d * o.d);
  }

  times(o: Fraction): Fraction {
    return new Fraction(this.n * o.n, this.d * o.d);
  }

  over(o: Fraction): Fraction {
    return new Fraction(this.n * o.d, this.d * o.n);
  }

  get sign(): number {
    return this.n > 0n ? 1 : this.n < 0n ? -1 : 0;
  }

  equals(o: Fraction): boolean {
    return this.n === o.n && this.d === o.d;
  }

  toString(): string {
    return `${this.n}/${this.d}`;
  }
}

function gcd(a: bigint, b: bigint): bigint {
  let [p, q] = [a, b];
  while (q !== 0n) [p, q] = [q, p % q];
  return p;
}
