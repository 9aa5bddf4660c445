import { formatBig, formatInteger, formatPower, NO_NUMBER } from '../../format.ts';

export interface LadderRow {
  readonly name: string;
  /** Neurons that may switch; null where the method would take too long to keep up with a hand. */
  readonly C: number | null;
  /** Product of Zaslavsky sums over the layers. */
  readonly zaslavsky: bigint | null;
}

interface BoundLadderProps {
  /** Loosest first; null while they are being worked out. */
  readonly rows: readonly LadderRow[] | null;
  /** What is true: neurons that do switch, their Zaslavsky product, and the regions. */
  readonly truth: {
    readonly C: number;
    readonly zaslavsky: bigint;
    readonly regions: number;
    readonly complete: boolean;
  };
  readonly open: boolean;
  readonly onToggle: (open: boolean) => void;
}

/** Tighter bounds beside Algorithm 1, rung by rung down to the truth. */
export function BoundLadder({ rows, truth, open, onToggle }: BoundLadderProps) {
  return (
    <details
      className="neurons ladder"
      open={open}
      onToggle={(event) => onToggle(event.currentTarget.open)}
    >
      <summary>Tighter bounds</summary>
      {open && (
        <table>
          <thead>
            <tr>
              <th scope="col">Method</th>
              <th scope="col">C</th>
              <th scope="col">
                2<sup>C</sup>
              </th>
              <th scope="col">Zaslavsky</th>
            </tr>
          </thead>
          <tbody>
            {rows?.map((row) => (
              <tr key={row.name}>
                <th scope="row">{row.name}</th>
                <td>{row.C ?? NO_NUMBER}</td>
                <td>{row.C === null ? NO_NUMBER : formatPower(row.C)}</td>
                <td>{row.zaslavsky === null ? NO_NUMBER : formatBig(row.zaslavsky, 7)}</td>
              </tr>
            ))}
            <tr className="truth">
              <th scope="row">Neurons that do switch</th>
              <td>{truth.C}</td>
              <td>{formatPower(truth.C)}</td>
              <td>{formatBig(truth.zaslavsky, 7)}</td>
            </tr>
          </tbody>
        </table>
      )}
      {open && (
        <p className="note">
          {rows === null
            ? 'Working them out…'
            : 'Each method bounds the pre-activations in the circle, and C counts those that may change their sign. '}
          {rows !== null && (
            <>
              The circle meets {truth.complete ? '' : 'at least '}
              {formatInteger(truth.regions)}.
            </>
          )}
          {rows?.some(({ C }) => C === null) &&
            ' For a network of this size a dash stands where a method is too slow to follow the hand.'}
        </p>
      )}
    </details>
  );
}
