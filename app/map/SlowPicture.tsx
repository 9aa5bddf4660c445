import { useActions, useSessionState } from '../useSession.ts';
import { returnFocusToMap } from './keyboardFocus.ts';
import styles from './overlays.module.css';

/**
 * Stops a picture that takes long, or resumes it. It lies over the map and moves nothing: a map that changes its size is
 * redrawn.
 */
export function SlowPicture() {
  const { goOnWithPicture, stopPicture } = useActions();
  const slow = useSessionState((s) => s.slowPicture);
  if (slow === null) return null;
  const stopped = slow === 'stopped';
  // One button for both, so that it keeps the keyboard.
  return (
    <div className={styles.slow}>
      <p>{stopped ? 'Unfinished' : 'Drawing…'}</p>
      <button
        type="button"
        ref={returnFocusToMap}
        onClick={stopped ? goOnWithPicture : stopPicture}
      >
        {stopped ? 'Resume' : 'Stop'}
      </button>
    </div>
  );
}
