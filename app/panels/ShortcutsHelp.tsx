import { useEffect, useId, useRef, useState } from 'react';
import { CardHead } from '../CardHead.tsx';
import { SHORTCUTS, type Shortcut, useShortcut } from '../shortcuts.tsx';
import shared from '../styles/shared.module.css';
import styles from './ShortcutsHelp.module.css';

const GROUPS: readonly Shortcut['group'][] = ['Training', 'Map', 'Circles', 'Presentation', 'Page'];

/** A button, and the list of all shortcuts that it opens; so does the key "?". */
export function ShortcutsHelp() {
  const [open, setOpen] = useState(false);
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useShortcut('help', () => setOpen(true));
  useEffect(() => {
    if (open) dialog.current?.showModal();
  }, [open]);
  return (
    <>
      <button
        type="button"
        aria-label="Keyboard shortcuts"
        title="Keyboard shortcuts"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        ?
      </button>
      {open && (
        <dialog
          ref={dialog}
          className={styles.dialog}
          aria-labelledby={heading}
          onClose={() => setOpen(false)}
          closedby="any"
        >
          <div className={styles.sheet}>
            <CardHead id={heading} onClose={() => dialog.current?.close()}>
              Keyboard shortcuts
            </CardHead>
            {GROUPS.map((group) => (
              <section key={group} aria-label={group}>
                <h3>{group}</h3>
                <dl>
                  {SHORTCUTS.filter((shortcut) => shortcut.group === group).map(
                    ({ id, shown, what }) => (
                      <div key={id}>
                        <dt>
                          <kbd>{shown}</kbd>
                        </dt>
                        <dd>{what}</dd>
                      </div>
                    ),
                  )}
                </dl>
              </section>
            ))}
            <p className={shared.note}>
              They work while no field has the focus. On the map, arrow keys go from region to
              region and Enter places a circle; on a circle, they move it.
            </p>
          </div>
        </dialog>
      )}
    </>
  );
}
