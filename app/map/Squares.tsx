import type { View } from '../../src/settings/compound.ts';
import { DATA_VIEW } from '../../src/settings/schema.ts';
import { atLinkView } from '../session/view.ts';
import { useSessionState } from '../useSession.ts';
import styles from './overlays.module.css';
import type { Projection } from './projection.ts';

interface SquareProps {
  readonly p: Projection;
  readonly view: View;
  readonly testId: string;
}

/** The outline of the square of a view. */
function Square({ p, view, testId }: SquareProps) {
  const side = 2 * view.half * p.scale;
  const square = {
    x: p.px(view.x) - side / 2,
    y: p.py(view.y) - side / 2,
    width: side,
    height: side,
  };
  return (
    <g className={styles.square}>
      <rect {...square} />
      <rect {...square} data-testid={testId} />
    </g>
  );
}

/** The square that a link asked for, in a frame of another shape, which shows more around it. */
export function LinkSquare({ p }: { p: Projection }) {
  const home = useSessionState((s) => s.opened.view);
  const there = useSessionState(atLinkView);
  if (!there || p.width === p.height) return null;
  return <Square p={p} view={home} testId="link-square" />;
}

/** The square in which the charts count, while a person asks for it. */
export function ChartSquare({ p }: { p: Projection }) {
  const outlined = useSessionState((s) => s.squareOutlined);
  return outlined && <Square p={p} view={DATA_VIEW} testId="chart-square" />;
}
