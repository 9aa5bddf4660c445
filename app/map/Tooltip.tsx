import { useMemo } from 'react';
import { atLeast, formatNumber } from '../format.ts';
import { affineText } from '../panels/inspector/affine.ts';
import { PatternRows } from '../panels/inspector/PatternRows.tsx';
import { describeRegion } from '../session/describe.ts';
import shared from '../styles/shared.module.css';
import { useSessionState } from '../useSession.ts';
import { fieldAt, fieldText } from './fieldValue.ts';
import styles from './overlays.module.css';
import type { Projection } from './projection.ts';

const GAP = 14;
const WIDTH = 216;
/** Least distance from the edges of the map. */
const MARGIN = 4;

/**
 * On the sides of the pointer where the map has more room; above the pointer it hangs by its lower edge, so its
 * height need not be known.
 */
function placeBeside({ px, py }: { px: number; py: number }, { width, height }: Projection) {
  const own = Math.min(WIDTH, width - 2 * MARGIN);
  const along = (room: number) => Math.max(MARGIN, Math.min(room + GAP, width - MARGIN - own));
  const below = py < height / 2;
  const down = (below ? py : height - py) + GAP;
  return {
    width: own,
    maxHeight: Math.max(0, height - MARGIN - down),
    ...(px < width / 2 ? { left: along(px) } : { right: along(width - px) }),
    ...(below ? { top: down } : { bottom: down }),
  };
}

/** Beside the pointer: the neuron of the crease under it, and pattern, affine map and area of the region. */
export function Tooltip({ pointer, p }: { pointer: { px: number; py: number }; p: Projection }) {
  const picture = useSessionState((s) => s.picture);
  const face = useSessionState((s) => s.hoverFace);
  const highlight = useSessionState((s) => s.highlight);
  const field = useSessionState((s) => (s.field?.kind === s.settings.show ? s.field : null));
  const facts = useMemo(() => picture && describeRegion(picture, face ?? -1), [picture, face]);
  const value = field && fieldAt(field, p.x(pointer.px), p.y(pointer.py));
  // A field may be there long before the regions are.
  if (!facts && value === null && !highlight) return null;
  return (
    <div
      className={styles.tooltip}
      style={placeBeside(pointer, p)}
      aria-hidden="true"
      data-testid="tooltip"
    >
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
