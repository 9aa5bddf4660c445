import { useState } from 'react';
import { returnFocusToMap } from '../map/keyboardFocus.ts';
import { useTroubles } from '../panels/useTroubles.ts';
import shared from '../styles/shared.module.css';
import { useActions, useSessionState } from '../useSession.ts';
import styles from './EmbedNotice.module.css';

/**
 * What has failed, else the oldest notice, in one line along the edge of the map. Pressed, a line that is cut off shows all
 * it says; closed, it makes room for the next.
 */
export function EmbedNotice() {
  const { closeTroubles, dismiss, startAgain } = useActions();
  const notice = useSessionState((s) => s.notices.at(0));
  const troubles = useTroubles();
  const [unfolded, setUnfolded] = useState<string | null>(null);
  const text = troubles?.text ?? notice?.text;
  const open = text !== undefined && unfolded === text;
  const close = () => (troubles ? closeTroubles() : notice && dismiss(notice.id));
  return (
    <div
      className={styles.notice}
      data-testid="embed-notice"
      role="status"
      aria-live="polite"
      data-open={open}
    >
      {text && (
        <>
          <button
            type="button"
            className={`${shared.quiet} ${styles.text}`}
            aria-expanded={open}
            title={text}
            ref={returnFocusToMap}
            onClick={() => setUnfolded(open ? null : text)}
          >
            {text.replaceAll('\n', ' ')}
          </button>
          {troubles && (
            <button
              type="button"
              className={styles.action}
              ref={returnFocusToMap}
              onClick={startAgain}
            >
              {troubles.action}
            </button>
          )}
          <button
            type="button"
            className={shared.quiet}
            aria-label="Close"
            ref={returnFocusToMap}
            onClick={close}
          >
            ×
          </button>
        </>
      )}
    </div>
  );
}
