import type { View } from '../../src/settings/compound.ts';
import { schema } from '../../src/settings/schema.ts';
import { useActions, useSessionState } from '../useSession.ts';
import { returnFocusToMap } from './keyboardFocus.ts';
import styles from './overlays.module.css';

/** A button back to the view `home`, on the map as long as that shows another. */
export function BackToView({ home, label }: { home: View; label: string }) {
  const { change } = useActions();
  const away = useSessionState(
    (s) => schema.view.write(s.settings.view) !== schema.view.write(home),
  );
  if (!away) return null;
  return (
    <button
      type="button"
      className={styles.back}
      ref={returnFocusToMap}
      onClick={() => change({ view: home })}
    >
      {label}
    </button>
  );
}
