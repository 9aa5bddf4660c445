import { useEffect } from 'react';
import { stepToTell } from '../session/measured.ts';
import { isGone } from '../session/troubles.ts';
import shared from '../styles/shared.module.css';
import { useActions, useSessionState } from '../useSession.ts';
import { RegionsCard } from './inspector/RegionsCard.tsx';

/** The regions in view, counted and listed as long as this is shown. */
export function Regions() {
  const { goBack, goTo, listThisView, showOverview } = useActions();
  const overview = useSessionState((s) =>
    s.overview?.picture.run === s.run || Object.keys(s.troubles).length === 0 ? s.overview : null,
  );
  const lost = useSessionState(
    (s) => isGone(s.troubles, 'geometry') || isGone(s.troubles, 'discs'),
  );
  const focus = useSessionState((s) => s.focus);
  const stopped = useSessionState((s) => s.slowPicture === 'stopped');
  const left = useSessionState((s) => s.leftView !== null);
  const step = useSessionState((s) => s.overview && stepToTell(s.frame, s.overview.picture.step));
  useEffect(() => {
    showOverview(true);
    return () => showOverview(false);
  }, [showOverview]);
  if (!overview)
    return (
      <p className={shared.note} role="status">
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
