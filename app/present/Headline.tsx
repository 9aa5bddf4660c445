import { useMemo } from 'react';
import { countOf } from '../format.ts';
import { foundRegions } from '../panels/inspector/found.ts';
import { Headline as CircleHeadline } from '../panels/inspector/Headline.tsx';
import { measuredCircle, sampledCircle, shownResults } from '../session/measured.ts';
import { useSessionState } from '../useSession.ts';

/** The regions in view, where no circle is chosen; the count of one network says nothing about another. */
function RegionsInView() {
  const picture = useSessionState((s) => (s.picture?.run === s.run ? s.picture : null));
  if (picture === null) return 'Counting the regions…';
  const { faceCount, complete } = picture.complex;
  return (
    <>
      {!complete && 'At least '}
      <b>{countOf(faceCount, 'region')}</b> in view
    </>
  );
}

/** The sentence of a presentation: that of the inspector in fewer letters, or the regions in view. */
export function Headline() {
  const selected = useSessionState((s) => s.selected);
  const results = useSessionState(shownResults);
  const sampled = useSessionState((s) => sampledCircle(s.circleResults, s.sampled, s.selected));
  const measured = useMemo(() => measuredCircle(results, selected), [results, selected]);
  if (selected === null) return <RegionsInView />;
  if (measured === null) return 'Counting the regions in the circle…';
  return <CircleHeadline short found={foundRegions(measured.exact, sampled)} C={measured.C} />;
}
