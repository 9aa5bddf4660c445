import { Suspense, useRef, useState } from 'react';
import { Tours, useTouring } from '../explain/Tours.tsx';
import { lazily } from '../lazily.tsx';
import { homeOf } from '../map/keyboardFocus.ts';
import { MapView } from '../map/MapView.tsx';
import { Notices } from '../panels/Notices.tsx';
import { ComputePanel } from '../panels/rail/ComputePanel.tsx';
import { DataPanel } from '../panels/rail/DataPanel.tsx';
import { NetworkPanel } from '../panels/rail/NetworkPanel.tsx';
import rail from '../panels/rail/rail.module.css';
import { TrainingPanel } from '../panels/rail/TrainingPanel.tsx';
import { ViewPanel } from '../panels/rail/ViewPanel.tsx';
import { Transport } from '../panels/Transport.tsx';
import { useFocusAround } from '../present/useFocusAround.ts';
import { LazyCaption, LazyScenes } from '../scenes/LazyScenes.tsx';
import { Shortcuts, useShortcut, useShortcutRoot } from '../shortcuts.tsx';
import { useActions, useSessionState } from '../useSession.ts';
import styles from './App.module.css';
import { Bar } from './Bar.tsx';
import { usePageShortcuts } from './pageShortcuts.ts';

// They have little to say before the first picture, and come after the rest of the page.
const Inspector = lazily(
  () => import('../panels/Inspector.tsx').then((chunk) => chunk.Inspector),
  'The inspector',
);
const ChartsPanel = lazily(
  () => import('../panels/ChartsPanel.tsx').then((chunk) => chunk.ChartsPanel),
  'The charts',
);

/** What stands around the map before an audience. */
const Presentation = lazily(
  () => import('../present/Presentation.tsx').then((chunk) => chunk.Presentation),
  'The headline of the presentation',
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
  const touring = useTouring();
  return (
    <main className={styles.stage}>
      <div className={styles.mapFrame}>
        <MapView className={styles.map} interactive onBlended={setBlended} />
      </div>
      <div className={styles.transport}>
        <Transport blended={blended} />
      </div>
      {/* It says again what the tour says. */}
      <div className={styles.caption} hidden={touring}>
        <LazyCaption />
      </div>
      <nav className={styles.sheets} aria-label="Panels">
        {SHEETS.map(({ key, label }) => (
          <button type="button" key={key} aria-pressed={sheet === key} onClick={() => onSheet(key)}>
            {label}
          </button>
        ))}
      </nav>
      <div className={styles.charts}>
        <Suspense>
          <ChartsPanel />
        </Suspense>
      </div>
    </main>
  );
}

/**
 * The map in the middle, its margin round it. Narrow pages show one sheet of the margin at a time; which one is
 * the page's only state of its own.
 */
function Page() {
  const [sheet, setSheet] = useState<Sheet>('inspector');
  const [drawer, setDrawer] = useState(false);
  const theme = useSessionState((s) => s.settings.theme);
  const presenting = useSessionState((s) => s.presenting);
  const { present } = useActions();
  const toggle = useRef<HTMLButtonElement>(null);
  const presentButton = useRef<HTMLButtonElement>(null);
  usePageShortcuts();
  const closeDrawer = () => {
    setDrawer(false);
    toggle.current?.focus();
  };
  useShortcut('close', closeDrawer, drawer);
  useShortcut('present', () => present(!presenting));
  useShortcut('close', () => present(false), presenting);
  useFocusAround(presenting, presentButton);
  return (
    <div
      ref={useShortcutRoot()}
      className={styles.app}
      data-page
      data-theme={theme}
      data-sheet={sheet}
      data-drawer={drawer}
      data-presenting={presenting}
    >
      <nav className={styles.skip} aria-label="Skip">
        {/* No link: what stands behind the # of the address is the state of the page. */}
        <button type="button" onClick={(event) => homeOf(event.currentTarget)?.focus()}>
          Skip to the map
        </button>
      </nav>
      {presenting && (
        <Suspense>
          <Presentation />
        </Suspense>
      )}
      <Bar drawer={drawer} toggle={toggle} presentButton={presentButton} onDrawer={setDrawer} />
      <section className={`${styles.rail} ${rail.body}`} aria-label="Set-up">
        {/* A scene is to be seen, not to open behind the drawer. */}
        <LazyScenes onOpen={() => drawer && closeDrawer()} />
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

export const App = () => (
  <Shortcuts>
    <Tours>
      <Page />
    </Tours>
  </Shortcuts>
);
