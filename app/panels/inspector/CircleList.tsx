import { mean } from 'd3';
import type { DiscRegions } from '../../../src/regions/query/disc.ts';
import { countOf, formatFixed, formatNumber, NO_NUMBER } from '../../format.ts';
import { moveFocusToNext } from '../../map/keyboardFocus.ts';
import shared from '../../styles/shared.module.css';
import styles from './CircleList.module.css';
import { countText } from './found.ts';

/** A circle on the map with its results so far. */
export interface CircleSummary {
  readonly id: number;
  readonly x: number;
  readonly y: number;
  readonly r: number;
  /** Undecided neurons; null while Algorithm 1 is running. */
  readonly C: number | null;
  /** Regions that meet the open disc; null while they are being counted. */
  readonly exact: DiscRegions | null;
}

interface CircleListProps {
  readonly circles: readonly CircleSummary[];
  readonly selectedId: number | null;
  readonly onSelect: (id: number) => void;
  readonly onClear: () => void;
}

/** All circles, by number and count, to choose one of them. */
export function CircleList({ circles, selectedId, onSelect, onClear }: CircleListProps) {
  return (
    <div className={styles.circles}>
      <ul>
        {circles.map((circle, i) => (
          <li key={circle.id} ref={moveFocusToNext}>
            <button
              type="button"
              aria-pressed={circle.id === selectedId}
              aria-label={describe(circle, i + 1)}
              title={describe(circle, i + 1)}
              onClick={() => onSelect(circle.id)}
            >
              <span className={styles.badge}>{i + 1}</span>
              {circle.exact === null ? NO_NUMBER : countText(circle.exact)}
            </button>
          </li>
        ))}
        <li ref={moveFocusToNext}>
          <button type="button" className={shared.quiet} onClick={onClear}>
            Clear all
          </button>
        </li>
      </ul>
      <Summary circles={circles} />
    </div>
  );
}

/** The mean over all of them; null while one is not known. */
const meanOf = (values: readonly (number | null)[]): number | null =>
  values.includes(null) ? null : (mean(values) ?? null);

function Summary({ circles }: { circles: readonly CircleSummary[] }) {
  const C = meanOf(circles.map((circle) => circle.C));
  const exact = meanOf(
    circles.map(({ exact: count }) => (count?.complete ? count.activationRegions : null)),
  );
  const sure = circles.filter((circle) => circle.C === 0).length;
  return (
    <p className={shared.note}>
      All {circles.length}: mean C {C === null ? NO_NUMBER : formatFixed(C, 1)}
      {exact !== null && `, on average ${formatFixed(exact, 1)} activation regions`}
      {sure > 0 && `, ${sure} surely inside one`}
    </p>
  );
}

function describe(circle: CircleSummary, number: number): string {
  const C = circle.C === null ? 'C not known yet' : `C ${circle.C}`;
  const exact =
    circle.exact === null
      ? 'not counted yet'
      : `${circle.exact.complete ? '' : 'at least '}${countOf(circle.exact.activationRegions, 'activation region')}`;
  return `Circle ${number}: radius ${formatNumber(circle.r)}, ${C}, ${exact}`;
}
