import { excerpt } from '../errors.ts';
import type { Field } from './field.ts';

/**
 * A stretch of training whose rule differed from the one at hand: the settings that held until step `until`.
 * With these a link can replay a run during which a person changed the learning rate.
 */
export interface Phase {
  readonly until: number;
  readonly opt: string;
  readonly lr: number;
  readonly batch: number;
  readonly l1: number;
  readonly l2: number;
}

type Rule = Omit<Phase, 'until'>;
const MAX_PHASES = 1000;

/** `fields` read and clamp the parts of a phase: "until,opt,lr,batch,l1,l2", phases parted by ";". */
export function phasesField(
  fields: {
    readonly [K in keyof Rule]: Field<Rule[K]>;
  },
  steps: { readonly max: number },
): Field<readonly Phase[]> {
  const readOne = (text: string): Phase | null => {
    const parts = text.split(',');
    const until = Number(parts[0]);
    if (parts.length !== 6 || !Number.isInteger(until) || until < 1 || until > steps.max)
      return null;
    const opt = fields.opt.read(parts[1]);
    const numbers = (['lr', 'batch', 'l1', 'l2'] as const).map((key, i) =>
      fields[key].read(parts[i + 2]),
    );
    if (opt.problem || numbers.some((reading) => reading.problem)) return null;
    const [lr, batch, l1, l2] = numbers.map((reading) => reading.value);
    return { until, opt: opt.value, lr, batch, l1, l2 };
  };
  return {
    label: 'Earlier training rules',
    initial: [],
    write: (phases) =>
      phases
        .map((p) =>
          [
            p.until,
            p.opt,
            fields.lr.write(p.lr),
            fields.batch.write(p.batch),
            fields.l1.write(p.l1),
            fields.l2.write(p.l2),
          ].join(','),
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
      if (ordered && phases.length <= MAX_PHASES) return { value: phases as Phase[] };
      return {
        value: [],
        problem: `Earlier training rules: “${excerpt(text)}” could not be read; the run uses one rule throughout.`,
      };
    },
  };
}
