import { describeTroubles } from '../session/troubles.ts';
import { useSessionState } from '../useSession.ts';

/**
 * The message about failed workers, and the label of the button that restarts them; null if there is nothing to report.
 */
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
