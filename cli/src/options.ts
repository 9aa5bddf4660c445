import { NUMBER } from '../../src/data/cells.ts';
import { counted, excerpt, InputError, quoted } from '../../src/errors.ts';
import type { Box } from '../../src/regions/complex/complex.ts';

/** One option of a verb, as its help shows it. */
export interface OptionSpec {
  readonly name: string;
  /** The placeholder of the value: "x,y"; an option without one is a flag. */
  readonly value?: string;
  readonly help: string;
}

/** Milliseconds. */
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, min: 60_000 };

/** The words after the verb: options by name, and the rest. */
export class Arguments {
  readonly positional: readonly string[];
  private readonly given: ReadonlyMap<string, string>;

  private constructor(positional: readonly string[], given: ReadonlyMap<string, string>) {
    this.positional = positional;
    this.given = given;
  }

  /**
   * Reads `--name value`, `--name=value` and flags `--name`; a value may begin with a minus sign. Throws `InputError`
   * for an option that is not among `specs`, comes twice, lacks its value or has one it does not take.
   */
  static parse(words: readonly string[], specs: readonly OptionSpec[]): Arguments {
    const positional: string[] = [];
    const given = new Map<string, string>();
    for (let at = 0; at < words.length; at++) {
      const word = words[at];
      if (!word.startsWith('-') || word === '-') {
        positional.push(word);
        continue;
      }
      const [, flag, attached] = /^([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
      const name = flag.slice(2);
      const spec = specs.find((known) => known.name === name);
      if (!flag.startsWith('--') || spec === undefined)
        throw new InputError(`unknown option ${excerpt(flag)}`);
      if (given.has(name)) throw new InputError(`--${name} is given twice`);
      if (spec.value === undefined) {
        if (attached !== undefined) throw new InputError(`--${name} takes no value`);
        given.set(name, '');
        continue;
      }
      const value = attached ?? words[++at];
      if (value === undefined || value === '' || (attached === undefined && value.startsWith('--')))
        throw new InputError(`--${name} needs a value`);
      given.set(name, value);
    }
    return new Arguments(positional, given);
  }

  has(name: string): boolean {
    return this.given.has(name);
  }

  /** Throws `InputError` for an option that goes only with `--together`. */
  refuse(options: readonly OptionSpec[], together: string): void {
    for (const { name } of options)
      if (this.given.has(name)) throw new InputError(`--${name} goes with --${together}`);
  }

  /** One of the choices, the first if the option is not given. */
  choice<T extends string>(name: string, choices: readonly [T, ...T[]]): T {
    const text = this.given.get(name);
    if (text === undefined) return choices[0];
    const choice = choices.find((known) => known === text);
    if (choice === undefined)
      throw new InputError(`--${name} must be one of ${choices.join(', ')}, not ${quoted(text)}`);
    return choice;
  }

  /** A required word, such as the name of a file. */
  text(name: string): string {
    const text = this.given.get(name);
    if (text === undefined) throw new InputError(`--${name} is missing`);
    return text;
  }

  /** A required point with one coordinate per input of the network. */
  point(name: string, dimension: number): number[] {
    const point = this.numbers(name);
    if (point.length !== dimension)
      throw new InputError(
        `--${name} needs ${counted(dimension, 'coordinate')}, one per input of the network, but has ${point.length}`,
      );
    return point;
  }

  /** A required number > 0. */
  positive(name: string): number {
    const value = this.single(name);
    if (!(value > 0)) throw new InputError(`--${name} must be greater than 0`);
    return value;
  }

  /** A whole number ≥ 1. */
  limit(name: string, otherwise: number): number {
    if (!this.has(name)) return otherwise;
    const value = this.single(name);
    if (!Number.isSafeInteger(value) || value < 1)
      throw new InputError(`--${name} must be a whole number, at least 1`);
    return value;
  }

  /** A length of time > 0 in milliseconds: "10s", "500ms", "2min"; a number alone is in seconds. */
  duration(name: string, otherwise: number): number {
    const text = this.given.get(name);
    if (text === undefined) return otherwise;
    const [, number = '', unit = 's'] = /^(.*?)(ms|s|min)?$/s.exec(text.trim()) ?? [];
    const time = NUMBER.test(number) ? Number(number) * UNITS[unit] : Number.NaN;
    if (!(time > 0 && time < Number.POSITIVE_INFINITY))
      throw new InputError(
        `--${name} must be a time greater than 0, as 10s, 500ms or 2min, not ${quoted(text)}`,
      );
    return time;
  }

  /** xmin,xmax,ymin,ymax; [−1, 1]² if not given. */
  box(name: string): Box {
    if (!this.has(name)) return { xMin: -1, xMax: 1, yMin: -1, yMax: 1 };
    const values = this.numbers(name);
    if (values.length !== 4)
      throw new InputError(
        `--${name} needs 4 numbers, xmin,xmax,ymin,ymax, but has ${values.length}`,
      );
    const [xMin, xMax, yMin, yMax] = values;
    if (!(xMin < xMax && yMin < yMax))
      throw new InputError(`--${name} is empty: it needs xmin < xmax and ymin < ymax`);
    return { xMin, xMax, yMin, yMax };
  }

  /** min,max; [−1, 1] if not given. */
  interval(name: string): readonly [min: number, max: number] {
    if (!this.has(name)) return [-1, 1];
    const values = this.numbers(name);
    if (values.length !== 2)
      throw new InputError(
        `--${name} needs 2 numbers, min,max, for a network with one input, but has ${values.length}`,
      );
    const [min, max] = values;
    if (!(min < max)) throw new InputError(`--${name} is empty: it needs min < max`);
    return [min, max];
  }

  private single(name: string): number {
    const values = this.numbers(name);
    if (values.length !== 1)
      throw new InputError(`--${name} needs 1 number, but has ${values.length}`);
    return values[0];
  }

  private numbers(name: string): number[] {
    return this.text(name)
      .split(',')
      .map((part) => {
        const trimmed = part.trim();
        if (!NUMBER.test(trimmed))
          throw new InputError(`--${name}: ${quoted(trimmed)} is not a number`);
        const value = Number(trimmed);
        if (!Number.isFinite(value))
          throw new InputError(`--${name}: ${excerpt(trimmed)} is too large`);
        return value;
      });
  }
}
