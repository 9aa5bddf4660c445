import { Term } from '../../explain/Term.tsx';
import { formatInteger, formatPowerOfTwo } from '../../format.ts';
import shared from '../../styles/shared.module.css';
import type { Found } from './found.ts';
import type { NeuronCounts } from './intervals.ts';

/** The colon must not begin a line. */
const UNDECIDED = (
  <span className={shared.nowrap}>
    <Term name="undecided">undecided</Term>:
  </span>
);

interface WhySoHighProps {
  readonly counts: NeuronCounts;
  /** Activation regions that meet the circle; null while unknown. */
  readonly found: Found | null;
}

/**
 * Why the bound is as high as it is: the neurons that C counts, those of them that it counts in vain, and what the others do
 * less than doubling.
 */
export function WhySoHigh({ counts, found }: WhySoHighProps) {
  const { on, off, undecided, parts } = counts;
  const regions = found?.complete ? found.regions : null;
  const C = (
    <>
      <Term name="C">C</Term> ={' '}
      <b data-testid="bound-C" data-value={undecided}>
        {formatInteger(undecided)}
      </b>{' '}
      of {formatInteger(on + off + undecided)} neurons
    </>
  );
  if (undecided === 0)
    return (
      <p>
        {C} are {UNDECIDED} none changes its sign inside the circle, so all of it lies in one
        region.
      </p>
    );
  return (
    <p>
      {regions !== null && regions < 2 ** undecided && 'Why is the bound so high? '}
      {C} {undecided === 1 ? 'is' : 'are'} {UNDECIDED}
      {undecided === 1
        ? ' its sign may change inside the circle, which doubles the bound.'
        : ' their sign may change inside the circle. Each doubles the bound.'}
      {parts && ` ${truth(parts)}`}
      {parts && regions !== null && <Doubling {...parts} regions={regions} />}
    </p>
  );
}

/** How many of the undecided neurons do change their sign. */
function truth({ switching, alarms }: { switching: number; alarms: number }): string {
  const [many, vain] = [formatInteger(switching), formatInteger(alarms)];
  const one = switching + alarms === 1;
  if (alarms === 0) {
    if (one) return 'It switches.';
    return switching === 2 ? 'Both switch.' : `All ${many} switch.`;
  }
  if (switching === 0) return one ? 'It is a false alarm.' : 'None switches: all are false alarms.';
  return `${many} switch${switching === 1 ? 'es' : ''}; ${vain} ${alarms === 1 ? 'is a false alarm' : 'are false alarms'}.`;
}

/**
 * Why n neurons that switch may make fewer than 2^n regions. Neuron by neuron, in the order of the layers, each cuts some of
 * the regions so far in two, so that their number doubles only if it cuts them all.
 */
function Doubling({
  switching,
  alarms,
  regions,
}: {
  switching: number;
  alarms: number;
  regions: number;
}) {
  if (switching === 0) return null;
  if (regions >= 2 ** switching) {
    if (alarms === 0) return <> {switching === 1 ? 'It' : 'Each'} doubles the regions, too.</>;
    return (
      <> The false {alarms === 1 ? 'alarm is' : 'alarms are'} all that makes the bound too high.</>
    );
  }
  return (
    <>
      {alarms === 0 ? (
        ' But they do not make that many regions'
      ) : (
        <>
          {' '}
          But the {formatInteger(switching)} do not make{' '}
          <span className={shared.nowrap}>{formatPowerOfTwo(switching)}</span> regions
        </>
      )}
      : a crease doubles them only if it cuts every one in two
      {/* Two lines can make four pieces. */}
      {switching > 2 && (
        <>
          , and <Term name="zaslavsky">n straight lines</Term> cut the plane into at most{' '}
          <span className={shared.nowrap}>1 + n + n(n − 1)/2</span> pieces, not&nbsp;2ⁿ
        </>
      )}
      .
    </>
  );
}
