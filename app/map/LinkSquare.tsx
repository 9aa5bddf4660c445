import { atLinkView } from '../session/view.ts';
import { useSessionState } from '../useSession.ts';
import styles from './overlays.module.css';
import type { Projection } from './projection.ts';

/** The square that a link asked for, in a frame of another shape, which shows more around it. */
export function LinkSquare({ p }: { p: Projection }) {
  const home = useSessionState((s) => s.opened.view);
  const there = useSessionState(atLinkView);
  if (!there || p.width === p.height) return null;
  const side = 2 * home.half * p.scale;
  const square = {
    x: p.px(home.x) - side / 2,
    y: p.py(home.y) - side / 2,
    width: side,
    height: side,
  };
  return (
    <g className={styles.linkSquare}>
      <rect {...square} />
      <rect {...square} data-testid="link-square" />
    </g>
  );
}
