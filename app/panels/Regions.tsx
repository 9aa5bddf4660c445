import { useEffect } from 'react';
import { goBack, goTo } from '../engine/journey.ts';
import { stepToTell } from '../engine/measured.ts';
import { listThisView, showOverview } from '../engine/overview.ts';
import { isGone } from '../engine/troubles.ts';
import { useStore } from '../store/store.ts';
import { RegionsCard } from './inspector/RegionsCard.tsx';

/** The regions in view, counted and listed as long as this is shown. */
export function Regions() {
  const overview = useStore((s) =>
    s.overview?.picture.run === s.run || Object.keys(s.troubles).length === 0 ? s.overview : null,
  );
  const lost = useStore((s) => isGone(s.troubles, 'geometry') || isGone(s.troubles, 'discs'));
  const focus = useStore((s) => s.focus);
  const stopped = useStore((s) => s.slowPicture === 'stopped');
  const left = useStore((s) => s.leftView !== null);
  const step = useStore((s) => s.overview && stepToTell(s.frame, s.overview.picture.step));
  useEffect(() => {
    showOverview(true);
    return () => showOverview(false);
  }, []);
  if (!overview)
    return (
      <p className="inspector-notice note" role="status">
        {lost
          ? 'The regions in view are not measured.'
          : stopped
            ? 'The picture is unfinished: the regions in view are measured when it is done.'
            : 'Measuring the regions in view…'}
      </p>
    );
  const { picture, ...numbers } = overview;
  return (
    <RegionsCard
      {...numbers}
      step={step}
      linearRegions={picture.linearCount}
      complete={picture.complex.complete}
      marked={focus}
      onGo={goTo}
      onBack={left ? goBack : null}
      onRelist={listThisView}
    />
  );
}
