import { moveFocusToNext, returnFocusToMap } from '../map/keyboardFocus.ts';
import shared from '../styles/shared.module.css';
import { useActions, useSessionState } from '../useSession.ts';
import styles from './Notices.module.css';
import { useTroubles } from './useTroubles.ts';

/** Sentences about what happened, quiet and in one corner, until a person closes them; above them failures. */
export function Notices() {
  const { bringBack, closeTroubles, dismiss, startAgain } = useActions();
  const notices = useSessionState((s) => s.notices);
  const troubles = useTroubles();
  return (
    <div className={styles.notices}>
      <div role="alert">
        {troubles && (
          <div className={styles.notice} data-testid="notice">
            <div className={styles.body}>
              <p>{troubles.text}</p>
              <button
                type="button"
                className={shared.primary}
                ref={returnFocusToMap}
                onClick={startAgain}
              >
                {troubles.action}
              </button>
            </div>
            <button
              type="button"
              className={shared.quiet}
              aria-label="Close"
              ref={returnFocusToMap}
              onClick={closeTroubles}
            >
              ×
            </button>
          </div>
        )}
      </div>
      <div role="status" aria-live="polite">
        {notices.map(({ id, text, advice = '', removed }) => (
          <div className={styles.notice} data-testid="notice" key={id} ref={moveFocusToNext}>
            <div className={styles.body}>
              {[text, advice]
                .join(' ')
                .trim()
                .split('\n')
                .map((line) => (
                  <p key={line}>{line}</p>
                ))}
              {removed && (
                <button type="button" onClick={() => bringBack(id)}>
                  Undo
                </button>
              )}
            </div>
            <button
              type="button"
              className={shared.quiet}
              aria-label="Close"
              onClick={() => dismiss(id)}
            >
              ×
            </button>
          </div>
        ))}
      </div>
    </div>
  );
}
