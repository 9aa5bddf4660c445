import { Term } from '../../explain/Term.tsx';
import { formatInteger } from '../../format.ts';
import shared from '../../styles/shared.module.css';
import type { NeuronCounts } from './intervals.ts';

/** The colon must not begin a line. */
const UNDECIDED = (
  <span className={shared.nowrap}>
    <Term name="undecided">undecided</Term>:
  </span>
);

/** Why the bound is as high as it is: the neurons that C counts, and how many of them it counts in vain. */
export function WhySoMany({ counts }: { counts: NeuronCounts }) {
  const { on, off, undecided, parts } = counts;
  const neurons = formatInteger(on + off + undecided);
  const C = (
    <b data-testid="bound-C" data-value={undecided}>
      {formatInteger(undecided)}
    </b>
  );
  if (undecided === 0)
    return (
      <p>
        Why so few? {C} of {neurons} neurons are {UNDECIDED} none changes its sign inside the
        circle, so all of it lies in one region.
      </p>
    );
  return (
    <p>
      Why so many? {C} of {neurons} neurons {undecided === 1 ? 'is' : 'are'} {UNDECIDED}
      {undecided === 1
        ? ' its sign may change inside the circle, which doubles the bound.'
        : ' their sign may change inside the circle. Each doubles the bound.'}
      {parts && ` ${truth(parts)}`}
    </p>
  );
}

/** How many of the undecided neurons do change their sign. */
function truth({ switching, alarms }: { switching: number; alarms: number }): string {
  const [many, vain] = [formatInteger(switching), formatInteger(alarms)];
  const one = switching + alarms === 1;
  if (alarms === 0) return one ? 'It really switches.' : `All ${many} really switch.`;
  if (switching === 0)
    return one ? 'It is a false alarm.' : 'None really switches: all are false alarms.';
  return `${many} really switch${switching === 1 ? 'es' : ''}; ${vain} ${alarms === 1 ? 'is a false alarm' : 'are false alarms'}.`;
}
