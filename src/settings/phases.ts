import { excerpt } from '../errors.ts';
import type { Field, ValuesOf } from './field.ts';

/**
 * A stretch of training whose rule differed from the current one: the settings that held until step `until`.
 * With these a link can replay a run during which a person changed the learning rate.
 *
 * @typeParam F the fields that make up a rule
 */
export type PhaseOf<F> = ValuesOf<F> & { readonly until: number };

const MAX_PHASES = 1000;

/**
 * A phase is written "until,opt,lr,…", as `fields` write their values and in their order; phases are separated by ";".
 */
export function phasesField<F extends Readonly<Record<string, Field<unknown>>>>(
  fields: F,
  steps: { readonly max: number },
): Field<readonly PhaseOf<F>[]> {
  const keys = Object.keys(fields) as (keyof F & string)[];
  const readOne = (text: string): PhaseOf<F> | null => {
    const [first, ...parts] = text.split(',');
    const until = Number(first);
    if (parts.length !== keys.length) return null;
    if (!Number.isInteger(until) || until < 1 || until > steps.max) return null;
    const readings = keys.map((key, i) => [key, fields[key].read(parts[i])] as const);
    if (readings.some(([, { problem }]) => problem !== undefined)) return null;
    const rule = Object.fromEntries(readings.map(([key, { value }]) => [key, value]));
    return { until, ...(rule as ValuesOf<F>) };
  };
  return {
    label: 'Earlier training rules',
    initial: [],
    write: (phases) =>
      phases
        .map((phase) =>
          [phase.until, ...keys.map((key) => fields[key].write(phase[key]))].join(','),
        )
        .join(';'),
    read(text) {
      const phases = text
        .split(';')
        .filter((part) => part !== '')
        .map(readOne);
      const ordered = phases.every(
        (p, i) => p !== null && (i === 0 || p.until > (phases[i - 1]?.until ?? 0)),
      );
      if (ordered && phases.length <= MAX_PHASES) return { value: phases as PhaseOf<F>[] };
      return {
        value: [],
        problem: `Earlier training rules: “${excerpt(text)}” could not be read; the run uses one rule throughout.`,
      };
    },
  };
}
