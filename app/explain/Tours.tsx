import { createContext, type ReactNode, Suspense, useContext, useEffect, useState } from 'react';
import { lazily } from '../lazily.tsx';
import shared from '../styles/shared.module.css';
import { useSessionState } from '../useSession.ts';

const Tour = lazily(() => import('./Tour.tsx').then((chunk) => chunk.Tour), 'The tour');

const StartContext = createContext<(from: HTMLElement) => void>(() => {});

/** Around a page that has a tour: where it was started from, as long as it lasts. */
export function Tours({ children }: { children: ReactNode }) {
  const [from, setFrom] = useState<HTMLElement | null>(null);
  const presenting = useSessionState((s) => s.presenting);
  // Before an audience there is no place for it, and it does not come back by itself.
  useEffect(() => {
    if (presenting) setFrom(null);
  }, [presenting]);
  return (
    <StartContext value={setFrom}>
      {children}
      {from && (
        <Suspense>
          <Tour from={from} onLeave={() => setFrom(null)} />
        </Suspense>
      )}
    </StartContext>
  );
}

/** Starts the tour of the page; nothing else does. */
export function TourButton({ children = 'Take the tour' }: { children?: ReactNode }) {
  const start = useContext(StartContext);
  return (
    <button type="button" className={shared.quiet} onClick={(event) => start(event.currentTarget)}>
      {children}
    </button>
  );
}
