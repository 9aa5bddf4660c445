import { formatNumber } from '../../format.ts';
import { returnFocusToMap } from '../../map/keyboardFocus.ts';
import shared from '../../styles/shared.module.css';
import { Folding } from '../Folding.tsx';
import { CircleCard, type CircleLimits } from './CircleCard.tsx';
import styles from './CircleHead.module.css';
import { CircleList, type CircleSummary } from './CircleList.tsx';

interface CircleHeadProps {
  /** In the order in which they were placed; they are numbered from 1. */
  readonly circles: readonly CircleSummary[];
  readonly selectedId: number | null;
  readonly limits: CircleLimits;
  readonly onSelect: (id: number) => void;
  readonly onRadius: (id: number, r: number) => void;
  readonly onMove: (id: number, x: number, y: number) => void;
  readonly onRemove: (id: number) => void;
  readonly onClear: () => void;
}

/** Which circle the inspector is about: one of several, where it is, and on demand the fields that change that. */
export function CircleHead(props: CircleHeadProps) {
  const { circles, selectedId, limits, onSelect, onRadius, onMove, onRemove, onClear } = props;
  const at = circles.findIndex((circle) => circle.id === selectedId);
  const selected = circles.at(at);
  return (
    <section className={styles.head} aria-label="Circles">
      {circles.length > 1 && (
        <CircleList
          circles={circles}
          selectedId={selectedId}
          onSelect={onSelect}
          onClear={onClear}
        />
      )}
      {at >= 0 && selected && (
        <div className={styles.line}>
          <Folding
            name="inspector.circle"
            className={styles.edit}
            summary={<Place {...selected} number={at + 1} />}
          >
            <CircleCard
              key={selected.id}
              circle={selected}
              limits={limits}
              onRadius={onRadius}
              onMove={onMove}
            />
          </Folding>
          <button
            type="button"
            className={`${shared.quiet} ${styles.remove}`}
            aria-label={`Remove circle ${at + 1}`}
            title={`Remove circle ${at + 1} (Delete)`}
            ref={returnFocusToMap}
            onClick={() => onRemove(selected.id)}
          >
            <svg viewBox="0 0 12 12" width={12} height={12} aria-hidden="true">
              <path d="M2,2L10,10M10,2L2,10" />
            </svg>
          </button>
        </div>
      )}
    </section>
  );
}

function Place({ number, x, y, r }: Pick<CircleSummary, 'x' | 'y' | 'r'> & { number: number }) {
  return (
    <span title="Open to type another place or radius">
      Circle {number} · centre ({formatNumber(x)}, {formatNumber(y)}) ·{' '}
      <span className={shared.nowrap} data-testid="circle-radius" data-value={r}>
        r {formatNumber(r)}
      </span>
    </span>
  );
}
