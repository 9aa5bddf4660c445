import { useLayoutEffect, useMemo, useRef } from 'react';
import { atLeast, formatNumber } from '../format.ts';
import { affineText } from '../panels/inspector/affine.ts';
import { PatternRows } from '../panels/inspector/PatternRows.tsx';
import { describeRegion } from '../session/describe.ts';
import type { Picture } from '../session/state.ts';
import shared from '../styles/shared.module.css';
import { useSessionState } from '../useSession.ts';
import { type Obstacle, placeBeside } from './beside.ts';
import { fieldAt, fieldText } from './fieldValue.ts';
import styles from './overlays.module.css';
import type { Projection } from './projection.ts';

/** The box around a face, as far as it is in view: it is what the tooltip speaks of. */
function boxOfFace({ complex }: Picture, face: number, p: Projection): Obstacle {
  const { faceStart, origin, coordinates } = complex;
  let [left, right, top, bottom] = [p.width, 0, p.height, 0];
  for (let h = faceStart[face]; h < faceStart[face + 1]; h++) {
    const x = Math.min(p.width, Math.max(0, p.px(coordinates[2 * origin[h]])));
    const y = Math.min(p.height, Math.max(0, p.py(coordinates[2 * origin[h] + 1])));
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return { left, top, width: right - left, height: bottom - top, weight: 1 };
}

/** A box of circle with the number above it. */
const NUMBER = 24;

/** Beside the pointer: the neuron of the crease under it, and pattern, affine map and area of the region. */
export function Tooltip({ pointer, p }: { pointer: { px: number; py: number }; p: Projection }) {
  const picture = useSessionState((s) => s.picture);
  const face = useSessionState((s) => s.hoverFace);
  const highlight = useSessionState((s) => s.highlight);
  const circles = useSessionState((s) => s.circles);
  const field = useSessionState((s) => (s.field?.kind === s.settings.show ? s.field : null));
  const facts = useMemo(() => picture && describeRegion(picture, face ?? -1), [picture, face]);
  const value = field && fieldAt(field, p.x(pointer.px), p.y(pointer.py));
  const box = useRef<HTMLDivElement>(null);
  const side = useRef<number | null>(null);
  // Its size depends on what it says, and is known once that is there.
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const obstacles = circles.map(({ x, y, r }): Obstacle => {
      const [left, top] = [p.px(x - r), p.py(y + r) - NUMBER];
      return { left, top, width: 2 * r * p.scale, height: 2 * r * p.scale + NUMBER, weight: 2 };
    });
    if (picture && facts && face !== null) obstacles.push(boxOfFace(picture, face, p));
    const size = { width: element.offsetWidth, height: element.offsetHeight };
    const place = placeBeside(pointer, size, p, obstacles, side.current);
    side.current = place.side;
    element.style.left = `${place.left}px`;
    element.style.top = `${place.top}px`;
  });
  // A field may be there long before the regions are.
  if (!facts && value === null && !highlight) return null;
  return (
    <div ref={box} className={styles.tooltip} aria-hidden="true" data-testid="tooltip">
      {highlight && (
        <p className={styles.crease}>
          Crease of layer {highlight.layer + 1}, neuron {highlight.neuron + 1}
        </p>
      )}
      {field && value !== null && <p>{fieldText(field, value)}</p>}
      {facts && (
        <>
          <PatternRows pattern={facts.pattern} finest={3} />
          <p>f = {affineText(facts.A[0], facts.b[0])}</p>
          <p className={shared.muted}>Area {atLeast(formatNumber(facts.area), facts.cutByBox)}</p>
        </>
      )}
    </div>
  );
}
