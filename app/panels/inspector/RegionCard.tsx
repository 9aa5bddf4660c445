import { useEffect, useState } from 'react';
import { Term } from '../../explain/Term.tsx';
import { atLeast, countOf, formatInteger, formatNumber } from '../../format.ts';
import type { DescribedRegion } from '../../session/describe.ts';
import shared from '../../styles/shared.module.css';
import inspector from '../Inspector.module.css';
import { affineName, affineText } from './affine.ts';
import { GradientArrow } from './GradientArrow.tsx';
import { PatternRows } from './PatternRows.tsx';
import styles from './RegionCard.module.css';

interface RegionCardProps {
  readonly facts: DescribedRegion;
  /** Puts the region on the clipboard as JSON; a rejection is shown as "Could not copy". */
  readonly onCopy: () => void | Promise<void>;
}

const MOST_OUTPUTS = 4;

/** One activation region: its pattern, its affine map, its size. */
export function RegionCard({ facts, onCopy }: RegionCardProps) {
  const { pattern, A, b, area, neighbours, insphere, linearSize, cutByBox } = facts;
  const inputs = A[0]?.length ?? 0;
  return (
    <section className={styles.region} aria-label="Region">
      <PatternRows pattern={pattern} />
      <div className={styles.map}>
        {inputs === 2 && <GradientArrow gradients={A.slice(0, MOST_OUTPUTS)} />}
        <div className={styles.formulas}>
          {A.slice(0, MOST_OUTPUTS).map((gradient, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an output is its index
            <p key={i}>
              {affineName(inputs, i, A.length)} = {affineText(gradient, b[i])}
            </p>
          ))}
          {A.length > MOST_OUTPUTS && (
            <p className={shared.note}>and {A.length - MOST_OUTPUTS} more outputs</p>
          )}
        </div>
      </div>
      <dl className={inspector.facts}>
        <div>
          <dt>
            <Term name="area">Area</Term>
          </dt>
          <dd>{atLeast(formatNumber(area), cutByBox)}</dd>
        </div>
        <div>
          <dt>
            <Term name="neighbours">Neighbours</Term>
          </dt>
          <dd>{atLeast(formatInteger(neighbours), cutByBox)}</dd>
        </div>
        <div>
          <dt>
            <Term name="insphere">Insphere radius</Term>
          </dt>
          <dd data-testid="insphere" data-value={insphere.r}>
            {atLeast(formatNumber(insphere.r), insphere.clipped)}
          </dd>
        </div>
      </dl>
      {cutByBox && (
        <p className={shared.note}>
          It reaches the edge of the view; beyond that it is not measured.
        </p>
      )}
      <p className={shared.note}>
        {linearSize > 1 ? (
          <>
            One of {countOf(linearSize, 'activation region')} in view that share this{' '}
            <Term name="affine-map">affine map</Term> and form one{' '}
            <Term name="linear-region">linear region</Term>.
          </>
        ) : (
          <>
            No neighbour {cutByBox && 'in view '}has the same{' '}
            <Term name="affine-map">affine map</Term>
            {!cutByBox && (
              <>
                : it is a <Term name="linear-region">linear region</Term> by itself
              </>
            )}
            .
          </>
        )}
      </p>
      <CopyButton onCopy={onCopy} />
    </section>
  );
}

function CopyButton({ onCopy }: { onCopy: () => void | Promise<void> }) {
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (said === '') return;
    const timer = setTimeout(() => setSaid(''), 1600);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = async () => {
    try {
      await onCopy();
      setSaid('Copied');
    } catch {
      setSaid('Could not copy');
    }
  };
  return (
    <button type="button" className={styles.copy} onClick={copy}>
      <span aria-live="polite">{said || 'Copy as JSON'}</span>
    </button>
  );
}
