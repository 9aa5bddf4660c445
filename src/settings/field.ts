import { excerpt } from '../errors.ts';

/** What reading one value gives: the value to use, and a sentence when it is not the one that was asked for. */
export interface Reading<T> {
  readonly value: T;
  readonly problem?: string;
}

/** One setting: its name in a link, its words for a person, its default and its limits. */
export interface Field<T> {
  readonly label: string;
  readonly help?: string;
  readonly initial: T;
  /** Reads the text of a link or an input field; never throws and never yields a value outside the limits. */
  read(text: string): Reading<T>;
  write(value: T): string;
}

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
  help?: string;
  initial: number;
  min: number;
  max: number;
  step?: number;
  scale?: 'linear' | 'log';
  whole?: boolean;
}

/** A number as short as it can be without changing its first ten digits (a seed has as many); "−0" is "0". */
const shortNumber = (value: number): string => String(Number(value.toPrecision(10)) + 0);

export function numberField(spec: NumberSpec): NumberField {
  const { label, initial, min, max, whole = false } = spec;
  return {
    ...spec,
    step: spec.step ?? (whole ? 1 : 0.01),
    scale: spec.scale ?? 'linear',
    write: shortNumber,
    read(text) {
      const asked = text.trim() === '' ? Number.NaN : Number(text);
      if (!Number.isFinite(asked))
        return {
          value: initial,
          problem: `${label}: “${excerpt(text)}” is not a number; ${shortNumber(initial)} is used.`,
        };
      const value = Math.min(max, Math.max(min, whole ? Math.round(asked) : asked));
      if (value === asked) return { value };
      const limits = `${shortNumber(min)} to ${shortNumber(max)}`;
      const rule = asked < min || asked > max ? `lies outside ${limits}` : 'is not a whole number';
      return {
        value,
        problem: `${label}: ${excerpt(text.trim())} ${rule}; ${shortNumber(value)} is used.`,
      };
    },
  };
}

export function choiceField<K extends string>(spec: {
  label: string;
  help?: string;
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
