import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import '../../../app/styles/tokens.css';
import '../../../app/styles/reset.css';
import { glide } from '../../../app/map/glide.ts';
import { MapView } from '../../../app/map/MapView.tsx';
import styles from '../../../app/pages/App.module.css';
import { openPage } from '../../../app/pages/openPage.ts';
import { usePageShortcuts } from '../../../app/pages/pageShortcuts.ts';
import { startWorkers } from '../../../app/pages/workers.ts';
import { Inspector } from '../../../app/panels/Inspector.tsx';
import { Transport } from '../../../app/panels/Transport.tsx';
import { createSession, type Session } from '../../../app/session/session.ts';
import type { State } from '../../../app/session/state.ts';
import { Shortcuts, useShortcutRoot } from '../../../app/shortcuts.tsx';
import { SessionProvider } from '../../../app/useSession.ts';
import { initialSettings } from '../../../src/settings/schema.ts';

/** What the test asks of the page. */
declare global {
  interface Window {
    readState(name: string): Pick<State, 'run' | 'selected'> & { step: number; drawn: boolean };
    closeSession(name: string): void;
    /** Opens a session as the page of the app does, waits until it has a frame, and ends it. */
    openAndClose(): Promise<void>;
    /** What there is of a session that was closed, as long as it is not collected. */
    closedSessions: WeakRef<object>[];
  }
}

const begin = (seed: number): Session =>
  createSession({
    settings: { ...initialSettings, seed, net: [2, 6, 6, 1], pick: [[0, 0, 0.4]] },
    workers: startWorkers,
    cores: 2,
    travel: glide,
  });

const sessions = new Map<string, Session>();

function Parts({ name }: { name: string }) {
  const [blended, setBlended] = useState(0);
  usePageShortcuts();
  return (
    <section
      ref={useShortcutRoot()}
      aria-label={name}
      style={{ inlineSize: '48%', display: 'inline-block' }}
    >
      <div className={styles.mapFrame} style={{ blockSize: '20rem' }}>
        <MapView className={styles.map} interactive onBlended={setBlended} />
      </div>
      <Transport blended={blended} />
      <Inspector />
    </section>
  );
}

function One({ name }: { name: string }) {
  const session = sessions.get(name);
  if (!session) return null;
  return (
    <SessionProvider value={session}>
      <Shortcuts>
        <Parts name={name} />
      </Shortcuts>
    </SessionProvider>
  );
}

const root = createRoot(document.getElementById('root') as HTMLElement);
const show = () => root.render([...sessions.keys()].map((name) => <One key={name} name={name} />));

window.closedSessions = [];
window.readState = (name) => {
  const { run, selected, frame, picture } = (sessions.get(name) as Session).store.getState();
  return { run, selected, step: frame?.step ?? -1, drawn: picture !== null };
};
window.closeSession = (name) => {
  const session = sessions.get(name) as Session;
  const { frame, picture } = session.store.getState();
  window.closedSessions = [session.store, frame, picture].map(
    (part) => new WeakRef(part as object),
  );
  sessions.delete(name);
  show();
  session.dispose();
};
window.openAndClose = async () => {
  const session = openPage(document.createElement('div'), false);
  await new Promise<void>((resolve) => {
    session.store.subscribe(
      (s) => s.frame,
      () => resolve(),
    );
  });
  session.dispose();
};
sessions.set('left', begin(1));
sessions.set('right', begin(2));
show();
