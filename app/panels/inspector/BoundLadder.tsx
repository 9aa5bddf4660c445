import { BOUND_METHODS } from '../../../src/bounds/methods.ts';
import { METHOD_TERMS } from '../../explain/settingTerms.ts';
import { Term } from '../../explain/Term.tsx';
import { formatBig, formatInteger, formatPower, NO_NUMBER } from '../../format.ts';
import type { LadderRow } from '../../session/state.ts';
import shared from '../../styles/shared.module.css';
import inspector from '../Inspector.module.css';
import styles from './tables.module.css';

interface BoundLadderProps {
  /** Loosest first; null while they are being computed. */
  readonly rows: readonly LadderRow[] | null;
  /** Neurons that switch, and their Zaslavsky product; null while that is not known. */
  readonly truth: { readonly C: number; readonly zaslavsky: bigint } | null;
  /** The counted regions; null while counting. */
  readonly counted: { readonly regions: number; readonly complete: boolean } | null;
  /** Regions that points drawn from the circle show; null before the first look. */
  readonly sampled: { readonly atLeast: number; readonly samples: number } | null;
  /** Whether they are being counted. */
  readonly counting: boolean;
  readonly open: boolean;
  readonly onToggle: (open: boolean) => void;
}

/** Tighter bounds beside Algorithm 1, rung by rung down to the exact count, and below it the lower bound by samples. */
export function BoundLadder(props: BoundLadderProps) {
  const { rows, truth, counted, counting, sampled, open, onToggle } = props;
  return (
    <details
      className={`${inspector.section} ${styles.ladder}`}
      open={open}
      onToggle={(event) => onToggle(event.currentTarget.open)}
    >
      <summary>
        <h2>Tighter bounds</h2>
      </summary>
      {open && (
        <table>
          <thead>
            <tr>
              <th scope="col">Method</th>
              <th scope="col">
                <Term name="C">C</Term>
              </th>
              <th scope="col">
                <Term name="two-to-the-C">
                  2<sup>C</sup>
                </Term>
              </th>
              <th scope="col">
                <Term name="zaslavsky">Zaslavsky</Term>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows?.map((row) => (
              <tr key={row.method}>
                <th scope="row">
                  <Term name={METHOD_TERMS[row.method]}>{BOUND_METHODS[row.method].name}</Term>
                </th>
                <td>{row.C === null ? NO_NUMBER : formatInteger(row.C)}</td>
                <td>{row.C === null ? NO_NUMBER : formatPower(row.C)}</td>
                <td>{row.zaslavsky === null ? NO_NUMBER : formatBig(row.zaslavsky, 7)}</td>
              </tr>
            ))}
            <tr className={styles.truth}>
              <th scope="row">
                Neurons that do <Term name="switches">switch</Term>
              </th>
              <td>{truth ? formatInteger(truth.C) : NO_NUMBER}</td>
              <td>{truth ? formatPower(truth.C) : NO_NUMBER}</td>
              <td>{truth ? formatBig(truth.zaslavsky, 7) : NO_NUMBER}</td>
            </tr>
          </tbody>
          <tbody>
            <tr className={styles.truth}>
              <th scope="row" colSpan={3}>
                Regions in the circle
              </th>
              <td>
                {counted === null && (counting ? 'counting…' : NO_NUMBER)}
                {counted && !counted.complete && 'at least '}
                {counted && formatInteger(counted.regions)}
              </td>
            </tr>
            <tr>
              <th scope="row" colSpan={3}>
                By <Term name="sampling">sampling</Term>{' '}
                {sampled && `${formatInteger(sampled.samples)} `}points
              </th>
              <td data-testid="at-least" data-value={sampled?.atLeast}>
                {sampled ? `at least ${formatInteger(sampled.atLeast)}` : NO_NUMBER}
              </td>
            </tr>
          </tbody>
        </table>
      )}
      {open && (
        <p className={shared.note}>
          {rows === null ? (
            'Computing…'
          ) : (
            <>
              Each method bounds the <Term name="pre-activation">pre-activations</Term> in the
              circle, and C counts the neurons that it leaves{' '}
              <Term name="undecided">undecided</Term>.
            </>
          )}
          {sampled && ' Points with different patterns lie in different regions.'}
          {rows?.some(({ C }) => C === null) &&
            ' A dash marks a method that is slow for a network of this size: it starts when nothing moves.'}
        </p>
      )}
    </details>
  );
}
