import { countOf, formatInteger, formatPower, formatSquare } from '../format.ts';
import { BackToView } from '../map/BackToView.tsx';
import { KEYBOARD_HOME } from '../map/keyboardFocus.ts';
import { MapView } from '../map/MapView.tsx';
import overlays from '../map/overlays.module.css';
import { ActionButton } from '../panels/ActionButton.tsx';
import { placeOf } from '../session/measured.ts';
import type { CircleResults } from '../session/state.ts';
import { isGone } from '../session/troubles.ts';
import { sameBox, squareOf } from '../session/view.ts';
import shared from '../styles/shared.module.css';
import { useActions, useSessionState } from '../useSession.ts';
import styles from './EmbedApp.module.css';
import { EmbedNotice } from './EmbedNotice.tsx';

/** What the button says and does. */
const PRESSES = {
  playing: ['Pause', '❚❚', 'pause'],
  diverged: ['Restart', '↺', 'reset'],
  paused: ['Play', '▶', 'play'],
} as const;

/** A square that takes more characters is marked on the map instead of named. */
const LONG = 30;

/** Workers without which there is no count. */
const COUNTING = ['training', 'geometry', 'discs'] as const;

/** What the line says of the circle: how many regions meet it, once they are counted, and the bound. */
function InCircle({ results, at }: { results: CircleResults; at: number }) {
  const circle = useSessionState((s) => (s.circles.length > 1 ? 'the bold circle' : 'the circle'));
  const exact = results.exact[at];
  const { C } = results.bounds[at];
  const bound = formatPower(C);
  if (!exact) return `${circle}: at most ${bound}`;
  const { activationRegions: n, complete } = exact;
  return (
    <>
      {complete ? '' : 'at least '}
      <span data-testid="met" data-regions={n} data-bound={C}>
        {formatInteger(n)}
      </span>{' '}
      {n === 1 ? 'meets' : 'meet'} {circle} (bound {bound})
    </>
  );
}

/**
 * What the line says of the regions: how many there are, and over what they are counted; then the circle's two numbers,
 * which alone are seen where there is room for no more.
 */
function Counted() {
  const count = useSessionState((s) => (s.boxCount?.run === s.run ? s.boxCount : null));
  const home = useSessionState((s) => s.opened.view);
  const lost = useSessionState((s) => COUNTING.some((name) => isGone(s.troubles, name)));
  // All numbers of the line are of the same step.
  const at = useSessionState((s) => placeOf(count?.beside ?? null, s.selected));
  if (!count) return lost ? 'Not counted' : 'Counting…';
  const { activationRegions, complete, beside } = count;
  const square = formatSquare(home);
  const named = square.length > LONG ? 'in the marked square' : `in ${square}`;
  return (
    <>
      <span className={styles.square}>
        {complete ? '' : 'at least '}
        <span data-testid="counted" data-regions={activationRegions}>
          {countOf(activationRegions, 'activation region')}
        </span>{' '}
        <span className={shared.nowrap}>
          {sameBox(count.box, squareOf(home)) ? named : 'in view'}
          {beside && at >= 0 && ';'}
        </span>
      </span>
      {beside && at >= 0 && (
        <>
          {' '}
          <span className={`${shared.nowrap} ${styles.circle}`}>
            <InCircle results={beside} at={at} />
          </span>
        </>
      )}
    </>
  );
}

/**
 * The map, one play button, and a line of numbers; for frames in slides and pages. Errors are shown along the
 * upper edge.
 */
export function EmbedApp() {
  const actions = useActions();
  const status = useSessionState((s) => s.frame?.status ?? 'paused');
  const step = useSessionState((s) => s.catchUp ?? s.frame?.step ?? 0);
  const target = useSessionState((s) => s.settings.steps);
  const dead = useSessionState((s) => s.frame?.dead ?? false);
  const [label, icon, press] =
    PRESSES[status === 'playing' || status === 'diverged' ? status : 'paused'];
  const home = useSessionState((s) => s.opened.view);
  const theme = useSessionState((s) => s.settings.theme);
  return (
    <main className={styles.embed} data-theme={theme}>
      <h1 className={shared.visuallyHidden}>ReLUscope</h1>
      <MapView className={styles.map} interactive={false} />
      <div className={overlays.top}>
        <EmbedNotice />
        <BackToView home={home} label="Reset view" />
      </div>
      <div className={styles.bar} data-testid="embed-bar">
        <ActionButton
          {...KEYBOARD_HOME}
          className={shared.primary}
          aria-label={label}
          title={label}
          disabled={status === 'replaying'}
          onClick={actions[press]}
        >
          {icon}
        </ActionButton>
        <p>
          {status === 'replaying' ? (
            `Replaying step ${formatInteger(step)} of ${formatInteger(target)}`
          ) : (
            <Counted />
          )}
          {status === 'diverged' && '; training diverged'}
          {dead && '; the network is dead'}
        </p>
      </div>
    </main>
  );
}
