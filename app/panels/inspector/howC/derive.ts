import type { WorkedNeuron } from '../../../../src/bounds/worked.ts';
import { ALL_DIGITS, PASSED_DIGITS, result, type Shown, shown } from './digits.ts';
import { type InputDigits, type RawTerm, type Sum, sumOf } from './sums.ts';

/** The recursion for one neuron, line by line, in digits with which a person can work it out again. */
export interface Derivation {
  readonly A: Sum;
  readonly L: Sum;
  readonly local: Sum;
  readonly r: Shown;
  readonly norm: Shown;
  readonly reach: Shown;
  /** What rounding may add to U_raw; null where none of the digits shows it. */
  readonly slack: Shown | null;
  readonly rawU: Shown;
  /** What the test compares with 0, U_raw + A for A < 0 and U_raw − A otherwise; its sign is that of the exact difference. */
  readonly margin: number;
  readonly slope: Shown;
  readonly U: Shown;
  /**
   * What the neuron passes on, with the digits that the next layer starts from: its value at the centre, how far that moves,
   * and where it is affine in the circle its gradient.
   */
  readonly passed: {
    readonly value: Shown;
    readonly U: Shown;
    readonly L: readonly Shown[];
  };
  /** Whether inputs are shown with more digits than the layer before passes on, because terms nearly cancel. */
  readonly closer: boolean;
  /** Whether every line follows from the digits before it. */
  readonly follows: boolean;
}

/** Digits of the factors: the first number of them that shows enough of every result is taken. */
const FIRST = 5;
/** Least digits of a result that are worth showing. */
const LEAST = 3;

/** Inputs as the layer before passes them on. */
const asPassed: InputDigits = () => PASSED_DIGITS;
/** Inputs with as many digits as the factors, where the ones passed on do not show a result. */
const asFactors: InputDigits = (digits) => Math.max(PASSED_DIGITS, digits);
/** With inputs as passed on, more digits in the factors than this show nothing new. */
const MOST_BESIDE_PASSED = PASSED_DIGITS + 3;

/** With so many digits in the factors and in the inputs, and with rounding shown or not. */
function attempt(
  work: WorkedNeuron,
  r: number,
  digits: number,
  inputDigits: InputDigits,
  rounding: boolean,
): Derivation {
  let follows = true;
  const least = rounding ? 2 : LEAST;
  /** The result of a line, from the numbers read in it; of its parts the largest counts. */
  const line = (value: number, found: number, ...parts: readonly number[]): Shown => {
    const size = Math.max(...[found, ...parts].map(Math.abs));
    const one = result(value, [found], size, digits, least);
    if (one === null) follows = false;
    return one ?? shown(value, LEAST);
  };
  const sum = (raw: readonly RawTerm[], total: readonly number[]): Sum => {
    const one = sumOf(raw, total, digits, inputDigits);
    follows &&= one.follows;
    return one;
  };
  const { inputs, verdict, slope: s } = work;
  const terms = (
    takes: (input: WorkedNeuron['inputs'][number]) => boolean,
    factor: (weight: number) => number,
    times: (input: WorkedNeuron['inputs'][number]) => readonly number[],
  ): RawTerm[] =>
    inputs.flatMap((input, i) =>
      takes(input) ? [{ input: i, factor: factor(input.weight), times: times(input) }] : [],
    );
  const bias: RawTerm = { input: null, factor: null, times: [work.bias] };
  const weighted = terms(
    ({ value }) => value !== 0,
    (weight) => weight,
    ({ value }) => [value],
  );
  const straight = terms(
    ({ kind }) => kind === 'affine',
    (weight) => weight,
    ({ L }) => [...L],
  );
  const bent = terms(
    ({ kind }) => kind === 'bent',
    Math.abs,
    ({ U }) => [U],
  );
  const A = sum([bias, ...weighted], [work.A]);
  const L = sum(straight, [...work.L]);
  const local = sum(bent, [work.local]);
  const radius = shown(r, digits);
  const norm = line(work.norm, Math.sqrt(L.total.reduce((all, { read }) => all + read * read, 0)));
  const reach = line(r * work.norm, radius.read * norm.read);
  const still = verdict === 'constant';
  const slack = rounding && !still ? shown(work.slack, LEAST) : null;
  const rawU = still
    ? shown(0, digits)
    : line(work.rawU, reach.read + local.total[0].read + (slack?.read ?? 0));
  const [a] = A.total;
  const below = work.A < 0;
  const margin = below ? work.rawU + work.A : work.rawU - work.A;
  const read = below ? rawU.read + a.read : rawU.read - a.read;
  // The numbers shown have to say the same.
  if (!still && s !== 1 && margin < 0 !== read < 0) follows = false;
  const slope = shown(s, digits);
  const scale = slope.read;
  const beyond = rawU.read + (1 - scale) * a.read;
  const found: Readonly<Record<WorkedNeuron['verdict'], number>> = {
    constant: 0,
    passing: rawU.read,
    on: rawU.read,
    off: Math.abs(scale) * rawU.read,
    undecided: below ? Math.max(Math.abs(scale) * rawU.read, beyond) : rawU.read,
  };
  return {
    A,
    L,
    local,
    r: radius,
    norm,
    reach,
    slack,
    rawU,
    margin,
    slope,
    U: line(work.U, found[verdict], rawU.read, a.read),
    passed: {
      value: shown(work.value, PASSED_DIGITS),
      U: shown(work.U, PASSED_DIGITS),
      L: [...work.passedL].map((v) => shown(v, PASSED_DIGITS)),
    },
    closer: inputDigits === asFactors,
    follows,
  };
}

/**
 * The derivation with as few digits as show every line: with the inputs as the layer before passes them on if that can be,
 * and with what rounding adds only where nothing else explains a line.
 */
export function derive(work: WorkedNeuron, r: number): Derivation {
  for (const rounding of [false, true])
    for (const inputs of [asPassed, asFactors]) {
      const most = inputs === asPassed ? MOST_BESIDE_PASSED : ALL_DIGITS - 1;
      for (let digits = FIRST; digits <= most; digits++) {
        const derivation = attempt(work, r, digits, inputs, rounding);
        if (derivation.follows) return derivation;
      }
    }
  return attempt(work, r, ALL_DIGITS, asFactors, true);
}
