import { useMemo } from 'react';
import { countOf, formatNumber } from '../format.ts';
import { describeRegion, faceAt } from '../session/describe.ts';
import shared from '../styles/shared.module.css';
import { useSessionState } from '../useSession.ts';

/** Announces the region that the arrow keys or a jump went to, for screen readers. */
export function FocusStatus() {
  const focus = useSessionState((s) => s.focus);
  const picture = useSessionState((s) => s.picture);
  const said = useMemo(() => {
    if (!focus || !picture) return '';
    const face = faceAt(picture, focus.x, focus.y);
    if (face < 0) return '';
    if (focus.note) return focus.note;
    const facts = describeRegion(picture, face);
    if (!facts) return 'The picture is partial: zoom in to read the regions.';
    const { area, neighbours, insphere, cutByBox } = facts;
    const least = (text: string, known: boolean) => (known ? text : `at least ${text}`);
    const pinned = focus.pinned ? 'Pinned. ' : '';
    return `${pinned}Region of area ${least(formatNumber(area), !cutByBox)}, ${least(countOf(neighbours, 'neighbour'), !cutByBox)}, insphere radius ${least(formatNumber(insphere.r), !insphere.clipped)}`;
  }, [focus, picture]);
  return (
    <p className={shared.visuallyHidden} role="status">
      {said}
    </p>
  );
}
