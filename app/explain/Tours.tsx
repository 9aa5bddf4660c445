import { createContext, lazy, type ReactNode, Suspense, useContext, useState } from 'react';
import shared from '../styles/shared.module.css';

const Tour = lazy(() =>
  import('./Tour.tsx').then(
    ({ Tour }) => ({ default: Tour }),
    () => ({ default: Missing }),
  ),
);

const Missing = (): ReactNode => (
  <p role="alert">The tour could not be loaded. When the site can be reached, reload.</p>
);

const StartContext = createContext<(from: HTMLElement) => void>(() => {});

/** Around a page that has a tour: where it was started from, as long as it lasts. */
export function Tours({ children }: { children: ReactNode }) {
  const [from, setFrom] = useState<HTMLElement | null>(null);
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
