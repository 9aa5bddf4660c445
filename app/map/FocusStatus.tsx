import { useMemo } from 'react';
import { faceGeometry } from '../../src/regions/measure/faceGeometry.ts';
import { faceAt, surroundings } from '../engine/describe.ts';
import { countOf, formatNumber } from '../format.ts';
import { useStore } from '../store/store.ts';

/** Says which region the arrow keys or a jump went to, for those who do not see the mark. */
export function FocusStatus() {
  const focus = useStore((s) => s.focus);
  const picture = useStore((s) => s.picture);
  const said = useMemo(() => {
    if (!focus || !picture) return '';
    const face = faceAt(picture, focus.x, focus.y);
    if (face < 0) return '';
    const { neighbours, insphere } = surroundings(picture, face);
    return `Region of area ${formatNumber(faceGeometry(picture.net, picture.complex).area(face))}, ${countOf(neighbours.length, 'neighbour')}, insphere radius ${formatNumber(insphere.r)}`;
  }, [focus, picture]);
  return (
    <p className="visually-hidden" role="status">
      {said}
    </p>
  );
}
