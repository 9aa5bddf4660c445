import { excerpt } from '../errors.ts';

/** The result of reading one value: the value to use, and a sentence if it is not the requested one. */
export interface Reading<T> {
  readonly value: T;
  readonly problem?: string;
}

/** One setting: its name in a link, its label, its default and its limits. */
export interface Field<T> {
  readonly label: string;
  readonly initial: T;
  /** Reads the text of a link or an input field; never throws and never yields a value outside the limits. */
  read(text: string): Reading<T>;
  write(value: T): string;
}

/** The values of fields, by key. */
export type ValuesOf<F> = { readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never };

export interface NumberField extends Field<number> {
  readonly min: number;
  readonly max: number;
  /** Step of an input control; whole-number fields have 1. */
  readonly step: number;
  readonly scale: 'linear' | 'log';
}

export interface ChoiceField<K extends string> extends Field<K> {
  readonly options: readonly { readonly key: K; readonly label: string }[];
}

interface NumberSpec {
  label: string;
  initial: number;
  min: number;
  max: number;
  step?: number;
  scale?: 'linear' | 'log';
  whole?: boolean;
}

/** A number in the fewest digits that read back as the same number; "−0" is "0". */
export const plainNumber = (value: number): string => String(value + 0);

/** Few enough digits to hide the rounding of a sum, and enough for a seed of ten digits. */
const STEP_DIGITS = 12;

const within = ({ min, max }: NumberField, value: number): number =>
  Math.min(max, Math.max(min, value));

/** The position of a value on a slider, from 0 to 1; a logarithmic one spreads values over their exponents. */
export const sliderPosition = ({ scale, min, max }: NumberField, value: number): number =>
  scale === 'log' ? Math.log(value / min) / Math.log(max / min) : (value - min) / (max - min);

/** The value at a place on the slider: two digits on a logarithmic one, else a whole number of steps above the least. */
export function sliderValue(field: NumberField, position: number): number {
  const { scale, min, max, step } = field;
  if (scale === 'log') {
    const value = Number((min * (max / min) ** position).toPrecision(2));
    return within(field, Number.isInteger(step) ? Math.round(value) : value);
  }
  const steps = Math.round((position * (max - min)) / step);
  return within(field, Number((min + steps * step).toPrecision(STEP_DIGITS)));
}

/**
 * The value after one press of an arrow key: a step more or less, a tenth of a decade where a
 * logarithmic field takes fractions. Never the same value, unless that is the limit.
 */
export function nextValue(field: NumberField, value: number, direction: 1 | -1): number {
  const { scale, step } = field;
  const fraction = scale === 'log' && !Number.isInteger(step);
  const next = fraction ? value * 10 ** (direction / 10) : value + direction * step;
  return within(field, Number(next.toPrecision(fraction ? 2 : STEP_DIGITS)));
}

/** The same for a page up or down: a tenth of the slider, a step at least. */
export function nextPage(field: NumberField, value: number, direction: 1 | -1): number {
  const far = sliderValue(field, sliderPosition(field, value) + direction / 10);
  const near = nextValue(field, value, direction);
  return direction > 0 ? Math.max(far, near) : Math.min(far, near);
}

export function numberField(spec: NumberSpec): NumberField {
  const { label, initial, min, max, whole = false } = spec;
  return {
    ...spec,
    step: spec.step ?? (whole ? 1 : 0.01),
    scale: spec.scale ?? 'linear',
    write: plainNumber,
    read(text) {
      const asked = text.trim() === '' ? Number.NaN : Number(text);
      if (!Number.isFinite(asked))
        return {
          value: initial,
          problem: `${label}: “${excerpt(text)}” is not a number; ${plainNumber(initial)} is used.`,
        };
      const value = Math.min(max, Math.max(min, whole ? Math.round(asked) : asked)) + 0;
      if (value === asked) return { value };
      const limits = `${plainNumber(min)} to ${plainNumber(max)}`;
      const rule = asked < min || asked > max ? `lies outside ${limits}` : 'is not a whole number';
      return {
        value,
        problem: `${label}: ${excerpt(text.trim())} ${rule}; ${plainNumber(value)} is used.`,
      };
    },
  };
}

export function choiceField<K extends string>(spec: {
  label: string;
  initial: K;
  options: readonly { readonly key: K; readonly label: string }[];
}): ChoiceField<K> {
  return {
    ...spec,
    write: (value) => value,
    read(text) {
      const found = spec.options.find((o) => o.key === text.trim().toLowerCase());
      if (found) return { value: found.key };
      const known = spec.options.map((o) => o.key).join(', ');
      return {
        value: spec.initial,
        problem: `${spec.label}: “${excerpt(text)}” is not one of ${known}; ${spec.initial} is used.`,
      };
    },
  };
}
