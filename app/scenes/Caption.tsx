import { type ReactNode, useState } from 'react';
import { returnFocusToMap } from '../map/keyboardFocus.ts';
import { useRemembered } from '../remembered.ts';
import shared from '../styles/shared.module.css';
import { useActions, useSessionState } from '../useSession.ts';
import styles from './Caption.module.css';
import { type OpenScene, openScene, showsLine } from './openScene.ts';
import { scenes } from './registry.ts';

/** The line of a scene, and what switches to its other view. */
function Line({ open: { scene, view } }: { open: OpenScene }) {
  const actions = useActions();
  return (
    <>
      <p>{view.line}</p>
      {scene.views.length > 1 && (
        <fieldset className={styles.views} aria-label={scene.title}>
          {scene.views.map((other) => (
            <button
              type="button"
              key={other.hash}
              aria-pressed={other === view}
              onClick={() => actions.openScene(other.hash, scene.plays === true)}
            >
              {other.label}
            </button>
          ))}
        </fieldset>
      )}
    </>
  );
}

/**
 * What the open scene shows, beside the map, until it is closed or no longer true. The first scene shows `welcome` instead, until
 * that has been closed once.
 */
export function Caption({ welcome }: { welcome: ReactNode }) {
  const open = useSessionState(openScene);
  const told = useSessionState((s) => open !== null && showsLine(open, s));
  const opened = useSessionState((s) => s.opened);
  const [welcomed, setWelcomed] = useRemembered<boolean>('welcomed', false);
  const isFirst = open?.scene === scenes[0];
  // Who has been welcomed and comes again pressed nothing.
  const [closed, setClosed] = useState(() => (welcomed && isFirst ? opened : null));
  const welcomes = isFirst && !welcomed;
  const shown = open !== null && closed !== opened && (welcomes || told) ? open : null;
  const close = () => {
    setClosed(opened);
    if (welcomes) setWelcomed(true);
  };
  // A screen reader reads the line of a scene that is pressed.
  return (
    <div aria-live="polite">
      {shown && (
        <section
          className={welcomes ? `${styles.caption} ${styles.welcome}` : styles.caption}
          aria-label="About this scene"
          data-testid="caption"
        >
          <button
            type="button"
            className={`${shared.quiet} ${styles.close}`}
            aria-label="Close"
            ref={returnFocusToMap}
            onClick={close}
          >
            ×
          </button>
          {welcomes ? welcome : <Line open={shown} />}
        </section>
      )}
    </div>
  );
}
