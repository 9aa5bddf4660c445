import { formatInteger, formatNumber } from '../format.ts';
import { isGone } from '../session/troubles.ts';
import { useSessionState } from '../useSession.ts';
import styles from './overlays.module.css';

/** A view narrower than this says how wide it is: nothing else on it shows that. */
const DEEP = 0.02;

/** What is missing on the map, and how deep it is, in a quiet line each. */
export function MapNote() {
  const half = useSessionState((s) => s.settings.view.half);
  const limited = useSessionState((s) =>
    s.picture && !s.picture.complex.complete && s.working === null
      ? s.picture.complex.faceCount
      : null,
  );
  const outdated = useSessionState(
    (s) =>
      s.picture !== null &&
      s.picture.run !== s.run &&
      (isGone(s.troubles, 'geometry') || isGone(s.troubles, 'training')),
  );
  const lines = [
    outdated && 'The map still shows the network before this one.',
    half < DEEP && `View ${formatNumber(2 * half, 2)} wide`,
    limited !== null &&
      `Only the first ${formatInteger(limited)} regions are drawn. Zoom in to see all of them.`,
  ].filter((line) => line !== false);
  return (
    <div className={styles.note} data-testid="map-note">
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  );
}
