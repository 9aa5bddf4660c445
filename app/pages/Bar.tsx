import { TourButton } from '../explain/Tours.tsx';
import { ShortcutsHelp } from '../panels/ShortcutsHelp.tsx';
import shared from '../styles/shared.module.css';
import { useActions } from '../useSession.ts';
import styles from './Bar.module.css';

/** What concerns the page as a whole. */
export function Bar({
  drawer,
  toggle,
  presentButton,
  onDrawer,
}: {
  drawer: boolean;
  toggle: React.RefObject<HTMLButtonElement | null>;
  presentButton: React.RefObject<HTMLButtonElement | null>;
  onDrawer(open: boolean): void;
}) {
  const { present } = useActions();
  return (
    <header className={styles.bar}>
      <button
        type="button"
        className={`${shared.quiet} ${styles.toggle}`}
        aria-expanded={drawer}
        ref={toggle}
        onClick={() => onDrawer(!drawer)}
      >
        {drawer ? 'Close' : 'Set-up'}
      </button>
      <h1>ReLUscope</h1>
      <p className={shared.muted}>Linear regions of ReLU networks, seen, counted and bounded</p>
      <div className={styles.actions}>
        <TourButton>Tour</TourButton>
        <button
          type="button"
          title="The map large, for an audience (P)"
          ref={presentButton}
          onClick={() => present(true)}
        >
          Present
        </button>
        <ShortcutsHelp />
      </div>
    </header>
  );
}
