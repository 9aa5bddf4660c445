import { Term } from '../../explain/Term.tsx';
import { formatInteger } from '../../format.ts';
import type { State } from '../../session/state.ts';
import shared from '../../styles/shared.module.css';
import styles from '../Inspector.module.css';

type InspectorNoticeProps =
  | { readonly state: 'empty'; readonly tool: State['tool']; readonly onAdd: () => void }
  | { readonly state: 'computing' }
  | { readonly state: 'lost' }
  | { readonly state: 'incomplete'; readonly limit: number };

const DRAWING =
  'A click or tap on the map draws a point now. Press “Done” under Data, then click or tap the map to place a circle.';

/** How to place a circle with the current input device. */
const INVITATIONS: Record<State['tool'], string> = {
  circle: 'Click or tap the map to place a circle.',
  inspect:
    'A click or tap on the map pins a region now. Choose “Circle” on the map to place a circle.',
  'class-0': DRAWING,
  'class-1': DRAWING,
  erase: DRAWING.replace('draws a point', 'erases points'),
};

/** What the inspector says when there is nothing, not yet, or only part of something to show. */
export function InspectorNotice(props: InspectorNoticeProps) {
  if (props.state === 'empty') {
    return (
      <div className={styles.empty}>
        <svg viewBox="-50 -40 100 80" width={150} height={120} aria-hidden="true">
          <path d="M-50,-18L50,-34M-44,40L10,-40M-50,22L50,8M18,40L50,-22" />
          <circle r={24} />
          <circle className={styles.ring} r={24} />
          <circle className={styles.handle} cx={17} cy={-17} r={4} />
        </svg>
        <p className={styles.line} data-testid="invitation">
          {INVITATIONS[props.tool]}
        </p>
        <button type="button" onClick={props.onAdd}>
          Add a circle
        </button>
        <p className={shared.note}>
          Then you can read here how many <Term name="activation-region">activation regions</Term>{' '}
          it meets, and how many <Term name="algorithm-1">Algorithm 1</Term> allows.
        </p>
      </div>
    );
  }
  if (props.state === 'computing') {
    return (
      <p className={shared.note} role="status">
        Counting the activation regions in the circle…
      </p>
    );
  }
  if (props.state === 'lost')
    return <p className={shared.note}>The circles have not been measured for this network.</p>;
  return (
    <p className={styles.partial} role="status">
      The limit of {formatInteger(props.limit)} activation regions was reached: the picture is
      partial. Circles are counted separately.
    </p>
  );
}
