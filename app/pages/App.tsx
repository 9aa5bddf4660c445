import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { homeOf } from '../map/keyboardFocus.ts';
import { MapView } from '../map/MapView.tsx';
import { ChartsPanel } from '../panels/ChartsPanel.tsx';
import { Notices } from '../panels/Notices.tsx';
import { ComputePanel } from '../panels/rail/ComputePanel.tsx';
import { DataPanel } from '../panels/rail/DataPanel.tsx';
import { NetworkPanel } from '../panels/rail/NetworkPanel.tsx';
import rail from '../panels/rail/rail.module.css';
import { TrainingPanel } from '../panels/rail/TrainingPanel.tsx';
import { ViewPanel } from '../panels/rail/ViewPanel.tsx';
import { Transport } from '../panels/Transport.tsx';
import shared from '../styles/shared.module.css';
import { useSessionState } from '../useSession.ts';
import styles from './App.module.css';

/** It has little to say before the first picture, and comes after the rest of the page. */
const Inspector = lazy(() =>
  import('../panels/Inspector.tsx').then(
    ({ Inspector }) => ({ default: Inspector }),
    () => ({ default: Missing }),
  ),
);

const Missing = () => (
  <p className={shared.note}>
    The inspector could not be loaded. When the site can be reached, reload.
  </p>
);

const SHEETS = [
  { key: 'inspector', label: 'Inspector' },
  { key: 'setup', label: 'Set-up' },
  { key: 'charts', label: 'Charts' },
] as const;
type Sheet = (typeof SHEETS)[number]['key'];

/** The map, and what belongs under it. */
function Stage({ sheet, onSheet }: { sheet: Sheet; onSheet(sheet: Sheet): void }) {
  const [blended, setBlended] = useState(0);
  return (
    <main className={styles.stage}>
      <div className={styles.mapFrame}>
        <MapView className={styles.map} interactive onBlended={setBlended} />
      </div>
      <Transport blended={blended} />
      <nav className={styles.sheets} aria-label="Panels">
        {SHEETS.map(({ key, label }) => (
          <button type="button" key={key} aria-pressed={sheet === key} onClick={() => onSheet(key)}>
            {label}
          </button>
        ))}
      </nav>
      <div className={styles.charts}>
        <ChartsPanel />
      </div>
    </main>
  );
}

/**
 * The map in the middle, its margin round it. Narrow pages show one sheet of the margin at a time; which one is
 * the page's only state of its own.
 */
export function App() {
  const [sheet, setSheet] = useState<Sheet>('inspector');
  const [drawer, setDrawer] = useState(false);
  const theme = useSessionState((s) => s.settings.theme);
  const toggle = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!drawer) return;
    const close = (event: KeyboardEvent) => {
      // A field that had something to take back has taken the key.
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      setDrawer(false);
      toggle.current?.focus();
    };
    document.addEventListener('keydown', close);
    return () => document.removeEventListener('keydown', close);
  }, [drawer]);
  return (
    <div className={styles.app} data-theme={theme} data-sheet={sheet} data-drawer={drawer}>
      <nav className={styles.skip} aria-label="Skip">
        {/* No link: what stands behind the # of the address is the state of the page. */}
        <button type="button" onClick={(event) => homeOf(event.currentTarget)?.focus()}>
          Skip to the map
        </button>
      </nav>
      <section className={styles.rail} aria-label="Set-up">
        <div className={styles.brand}>
          <h1>ReLUscope</h1>
          <button
            type="button"
            className={`${shared.quiet} ${styles.drawerToggle}`}
            aria-expanded={drawer}
            ref={toggle}
            onClick={() => setDrawer(!drawer)}
          >
            {drawer ? 'Close' : 'Set-up'}
          </button>
        </div>
        <div className={`${styles.railBody} ${rail.body}`}>
          <DataPanel />
          <NetworkPanel />
          <TrainingPanel />
          <ViewPanel />
          <ComputePanel />
          <footer>
            <a href="./licences.txt" target="_blank" rel="noreferrer">
              Licences
            </a>
          </footer>
        </div>
      </section>
      <Stage sheet={sheet} onSheet={setSheet} />
      <aside className={styles.inspector} aria-label="Inspector">
        <Suspense>
          <Inspector />
        </Suspense>
      </aside>
      <Notices />
    </div>
  );
}
