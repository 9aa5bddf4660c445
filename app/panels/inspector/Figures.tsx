import { Term } from '../../explain/Term.tsx';
import { formatFactor, formatInteger, formatPowerOfTwo, NO_NUMBER } from '../../format.ts';
import styles from '../Inspector.module.css';
import type { Found } from './found.ts';

interface FiguresProps {
  readonly C: number;
  /** Activation regions; null while unknown. */
  readonly found: Found | null;
  readonly r: number;
}

/** How far 2^C lies above the count; a count that is only a lower bound makes it an upper one. */
function looseness(C: number, { regions, complete }: Found): string {
  const log2Ratio = C - Math.log2(regions);
  if (log2Ratio < 1e-12) return 'tight';
  return `${complete ? '' : '≤ '}${formatFactor(log2Ratio)} too high`;
}

/** The four numbers of a circle, each with its name. */
export function Figures({ C, found, r }: FiguresProps) {
  return (
    <dl className={`${styles.facts} ${styles.figures}`}>
      <div>
        <dt>
          <Term name="C">C</Term>
        </dt>
        <dd data-testid="bound-C" data-value={C}>
          {formatInteger(C)}
        </dd>
      </div>
      <div>
        <dt>
          <Term name="two-to-the-C">Bound</Term>
        </dt>
        <dd>{formatPowerOfTwo(C)}</dd>
      </div>
      <div>
        <dt>
          {found && !found.complete ? (
            <Term name="at-least">At least</Term>
          ) : (
            <Term name="exact">Exact</Term>
          )}
        </dt>
        {found?.complete ? (
          <dd data-testid="exact-count" data-value={found.regions}>
            {formatInteger(found.regions)}
          </dd>
        ) : (
          <dd>{found ? formatInteger(found.regions) : NO_NUMBER}</dd>
        )}
      </div>
      <div>
        <dt>
          <Term name="looseness">Looseness</Term>
        </dt>
        <dd data-testid="looseness">{found ? looseness(C, found) : NO_NUMBER}</dd>
      </div>
      <span hidden data-testid="circle-radius" data-value={r} />
    </dl>
  );
}
