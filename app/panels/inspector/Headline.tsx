import type { ReactNode } from 'react';
import { Term } from '../../explain/Term.tsx';
import { formatInteger, formatPowerOfTwo } from '../../format.ts';
import shared from '../../styles/shared.module.css';
import type { Found } from './found.ts';
import styles from './Headline.module.css';

const Plain = ({ children }: { name: string; children: ReactNode }) => children;

interface HeadlineProps {
  /** Activation regions that meet the circle; null while unknown. */
  readonly found: Found | null;
  /** Number of undecided neurons. */
  readonly C: number;
  /** In fewer letters, and without the words' explanations: for the last row of a hall. */
  readonly short?: boolean;
}

/** How many regions meet a circle, and how many Algorithm 1 allows: the sentence of the inspector, and of a presentation. */
export function Headline({ found, C, short = false }: HeadlineProps) {
  const Word = short ? Plain : Term;
  const regions = (one: boolean) => (
    <Word name="activation-region">{`${short ? '' : 'activation '}region${one ? '' : 's'}`}</Word>
  );
  // A number must not wrap to the next line alone.
  const algorithm = <Word name="algorithm-1">Algorithm{'\u00a0'}1</Word>;
  const bound = (
    <span className={`${shared.nowrap} ${styles.bound}`}>
      <Word name="two-to-the-C">{formatPowerOfTwo(C)}</Word>
    </span>
  );
  if (found === null)
    return (
      <>
        Counting… {algorithm} allows up to {bound} {regions(C === 0)}.
      </>
    );
  const counted = !short && found.complete;
  return (
    <>
      {!found.complete && (
        <>
          <Word name="at-least">At least</Word>{' '}
        </>
      )}
      <b {...(counted ? { 'data-testid': 'exact-count', 'data-value': found.regions } : {})}>
        {formatInteger(found.regions)} {regions(found.regions === 1)}
      </b>{' '}
      <Word name="meets">{found.regions === 1 ? 'meets' : 'meet'}</Word> this circle; {algorithm}{' '}
      allows up to {bound}.
    </>
  );
}
