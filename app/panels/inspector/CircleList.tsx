import { mean } from 'd3';
import { countOf, formatFixed, formatInteger, formatNumber, NO_NUMBER } from '../../format.ts';
import { moveFocusToNext } from '../../map/keyboardFocus.ts';
import shared from '../../styles/shared.module.css';
import { CircleCard, type CircleLimits, type CircleSummary } from './CircleCard.tsx';
import styles from './CircleList.module.css';
import { countText } from './found.ts';

interface CircleListProps {
  /** In the order in which they were placed; they are numbered from 1. */
  readonly circles: readonly CircleSummary[];
  readonly selectedId: number | null;
  readonly onSelect: (id: number) => void;
  readonly onRadius: (id: number, r: number) => void;
  readonly onMove: (id: number, x: number, y: number) => void;
  readonly onRemove: (id: number) => void;
  readonly limits: CircleLimits;
}

/** All circles, one of them selected; the fields below the list belong to that one. */
export function CircleList(props: CircleListProps) {
  const { circles, selectedId, onSelect, onRadius, onMove, onRemove, limits } = props;
  const selected = circles.find((circle) => circle.id === selectedId);
  return (
    <section className={styles.circles} aria-label="Circles">
      <div className={styles.head} aria-hidden="true">
        <span>Circle</span>
        <span>r</span>
        <span>C</span>
        <span>activation regions</span>
      </div>
      <ul>
        {circles.map((circle, i) => (
          <li key={circle.id} ref={moveFocusToNext}>
            <button
              type="button"
              className={styles.row}
              aria-pressed={circle.id === selectedId}
              aria-label={describe(circle, i + 1)}
              onClick={() => onSelect(circle.id)}
            >
              <span className={styles.badge}>{i + 1}</span>
              <span>{formatNumber(circle.r)}</span>
              <span>{circle.C === null ? NO_NUMBER : formatInteger(circle.C)}</span>
              <span>{circle.exact === null ? NO_NUMBER : countText(circle.exact)}</span>
            </button>
            <button
              type="button"
              className={`${shared.quiet} ${styles.remove}`}
              aria-label={`Remove circle ${i + 1}`}
              title={`Remove circle ${i + 1}`}
              onClick={() => onRemove(circle.id)}
            >
              <svg viewBox="0 0 12 12" width={12} height={12} aria-hidden="true">
                <path d="M2,2L10,10M10,2L2,10" />
              </svg>
            </button>
          </li>
        ))}
      </ul>
      {circles.length > 1 && <Summary circles={circles} />}
      {selected && (
        <CircleCard
          key={selected.id}
          circle={selected}
          limits={limits}
          onRadius={onRadius}
          onMove={onMove}
        />
      )}
    </section>
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
