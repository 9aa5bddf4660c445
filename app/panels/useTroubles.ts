import { describeTroubles } from '../session/troubles.ts';
import { useSessionState } from '../useSession.ts';

/** What is to be said of workers in trouble, and on the button that starts them again; null where there is nothing to say. */
export function useTroubles(): { readonly text: string; readonly action: string } | null {
  const troubles = useSessionState((s) => s.troubles);
  const closed = useSessionState((s) => s.troublesClosed);
  const forbidden = useSessionState((s) => s.workersForbidden);
  const count = Object.keys(troubles).length;
  if (count === 0 || closed) return null;
  return {
    text: describeTroubles(troubles, forbidden),
    action: count === 1 ? 'Start it again' : 'Start them again',
  };
}
