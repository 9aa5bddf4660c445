import { placeOf } from '../engine/measured.ts';
import { pause, play, reset } from '../engine/run.ts';
import { countOf, formatInteger, formatPower } from '../format.ts';
import { BackToView } from '../map/BackToView.tsx';
import { MapView } from '../map/MapView.tsx';
import { useStore } from '../store/store.ts';
import { EmbedNotice } from './EmbedNotice.tsx';

/**
 * The map, one play button, and a line with two numbers at most; for frames in slides and pages. What went wrong is said
 * along the upper edge.
 */
export function EmbedApp() {
  const status = useStore((s) => s.frame?.status ?? 'paused');
  const step = useStore((s) => s.frame?.step ?? 0);
  const target = useStore((s) => s.settings.steps);
  const playing = status === 'playing';
  const press = playing ? pause : status === 'diverged' ? reset : play;
  const regions = useStore((s) => s.picture?.complex.faceCount ?? null);
  const complete = useStore((s) => s.picture?.complex.complete ?? true);
  const home = useStore((s) => s.linkView);
  const selected = useStore((s) => {
    const at = placeOf(s.circleResults, s.selected);
    return at < 0 || !s.circleResults ? null : s.circleResults.bounds[at].C;
  });
  return (
    <main className="embed">
      <h1 className="visually-hidden">ReLUscope</h1>
      <MapView interactive={false} />
      <div className="map-top">
        <EmbedNotice />
        <BackToView home={home} label="Reset view" />
      </div>
      <div className="embed-bar">
        <button
          type="button"
          className="primary"
          aria-label={playing ? 'Pause' : 'Play'}
          disabled={status === 'replaying'}
          onClick={press}
        >
          {playing ? '❚❚' : '▶'}
        </button>
        <p>
          {status === 'replaying'
            ? `Replaying ${formatInteger(step)} of ${formatInteger(target)}`
            : regions === null
              ? 'Drawing…'
              : `${complete ? '' : 'at least '}${countOf(regions, 'activation region')}`}
          {selected !== null && `; in the circle at most ${formatPower(selected)}`}
          {status === 'diverged' && '; training diverged, the button resets it'}
        </p>
      </div>
    </main>
  );
}
