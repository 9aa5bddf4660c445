import {
  createContext,
  type ReactNode,
  Suspense,
  useCallback,
  useContext,
  useEffect,
  useState,
} from 'react';
import { lazily } from '../lazily.tsx';
import shared from '../styles/shared.module.css';
import { useSessionState } from '../useSession.ts';

const Tour = lazily(() => import('./Tour.tsx').then((chunk) => chunk.Tour), 'The tour');

const StartContext = createContext<(from: HTMLElement) => void>(() => {});
const TouringContext = createContext(false);

interface Start {
  readonly from: HTMLElement;
  readonly page: Element;
}

/** Around a page that has a tour: where it was started from, as long as it lasts. */
export function Tours({ children }: { children: ReactNode }) {
  const [start, setStart] = useState<Start | null>(null);
  const presenting = useSessionState((s) => s.presenting);
  // Before an audience there is no place for it, and it does not come back by itself.
  useEffect(() => {
    if (presenting) setStart(null);
  }, [presenting]);
  const startFrom = useCallback((from: HTMLElement) => {
    const page = from.closest('[data-page]');
    if (page) setStart({ from, page });
  }, []);
  return (
    <StartContext value={startFrom}>
      <TouringContext value={start !== null}>{children}</TouringContext>
      {start && (
        <Suspense>
          <Tour {...start} onLeave={() => setStart(null)} />
        </Suspense>
      )}
    </StartContext>
  );
}

/** Whether the tour of the page is on. */
export const useTouring = (): boolean => useContext(TouringContext);

/** Starts the tour of the page; nothing else does. */
export function TourButton({ children = 'Take the tour' }: { children?: ReactNode }) {
  const start = useContext(StartContext);
  return (
    <button type="button" className={shared.quiet} onClick={(event) => start(event.currentTarget)}>
      {children}
    </button>
  );
}
