import { pause, play } from '../engine/run.ts';
import { countOf, formatPowerOfTwo } from '../format.ts';
import { MapView } from '../map/MapView.tsx';
import { Notices } from '../panels/Notices.tsx';
import { useStore } from '../store/store.ts';

/** The map, one play button, and a line with two numbers at most; for frames in slides and pages. */
export function EmbedApp() {
  const playing = useStore((s) => s.frame?.status === 'playing');
  const regions = useStore((s) => s.picture?.complex.faceCount ?? null);
  const complete = useStore((s) => s.picture?.complex.complete ?? true);
  const selected = useStore((s) => {
    const at = s.circleResults?.circles.findIndex((c) => c.id === s.selected) ?? -1;
    return at < 0 || !s.circleResults ? null : s.circleResults.bounds[at].C;
  });
  return (
    <main className="embed">
      <h1 className="visually-hidden">ReLUscope</h1>
      <MapView interactive={false} />
      <div className="embed-bar">
        <button
          type="button"
          className="primary"
          aria-label={playing ? 'Pause' : 'Play'}
          onClick={playing ? pause : play}
        >
          {playing ? '❚❚' : '▶'}
        </button>
        <p>
          {regions === null
            ? 'Drawing…'
            : `${complete ? '' : 'at least '}${countOf(regions, 'activation region')}`}
          {selected !== null && `; in the circle at most ${formatPowerOfTwo(selected)}`}
        </p>
      </div>
      <Notices />
    </main>
  );
}
