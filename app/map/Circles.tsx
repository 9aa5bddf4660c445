import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { changeCircle, removeCircle, selectCircle } from '../engine/edit.ts';
import { formatNumber } from '../format.ts';
import type { Circle } from '../store/circles.ts';
import { useStore } from '../store/store.ts';
import type { Projection } from './projection.ts';

/** The circle's own rim is drawn even where it is smaller than a handle. */
const SMALLEST = 4;
/** Pixels an arrow key moves a circle, and the factor + and − change its radius by. */
const NUDGE = 4;
const GROW = 1.05;

interface Drag {
  readonly part: 'centre' | 'rim';
  readonly dx: number;
  readonly dy: number;
}

function CircleMark({ circle, index, p }: { circle: Circle; index: number; p: Projection }) {
  const selected = useStore((s) => s.selected === circle.id);
  const result = useStore((s) => {
    const at = s.circleResults?.circles.findIndex((c) => c.id === circle.id) ?? -1;
    return at < 0 ? null : (s.circleResults?.exact[at].activationRegions ?? null);
  });
  const drag = useRef<Drag | null>(null);
  const cx = p.px(circle.x);
  const cy = p.py(circle.y);
  const radius = Math.max(SMALLEST, circle.r * p.scale);

  const pointer = (event: PointerEvent<Element>) => {
    const svg = (event.currentTarget as SVGElement).ownerSVGElement;
    const bounds = svg?.getBoundingClientRect() ?? { left: 0, top: 0 };
    return { px: event.clientX - bounds.left, py: event.clientY - bounds.top };
  };
  const start = (part: Drag['part']) => (event: PointerEvent<Element>) => {
    if (event.button !== 0 || useStore.getState().tool !== 'circle') return;
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    selectCircle(circle.id);
    const { px, py } = pointer(event);
    drag.current = { part, dx: px - cx, dy: py - cy };
  };
  const move = (event: PointerEvent<Element>) => {
    if (!drag.current || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const { px, py } = pointer(event);
    if (drag.current.part === 'rim')
      changeCircle(circle.id, { r: Math.hypot(px - cx, py - cy) / p.scale });
    else changeCircle(circle.id, { x: p.x(px - drag.current.dx), y: p.y(py - drag.current.dy) });
  };
  const end = () => {
    drag.current = null;
  };
  const key = (event: KeyboardEvent) => {
    const step = (NUDGE * (event.shiftKey ? 5 : 1)) / p.scale;
    const { x, y, r, id } = circle;
    const actions: Record<string, () => void> = {
      ArrowLeft: () => changeCircle(id, { x: x - step }),
      ArrowRight: () => changeCircle(id, { x: x + step }),
      ArrowUp: () => changeCircle(id, { y: y + step }),
      ArrowDown: () => changeCircle(id, { y: y - step }),
      '+': () => changeCircle(id, { r: r * GROW }),
      '=': () => changeCircle(id, { r: r * GROW }),
      '-': () => changeCircle(id, { r: r / GROW }),
      Delete: () => removeCircle(id),
      Backspace: () => removeCircle(id),
    };
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  };

  const drags = { onPointerMove: move, onPointerUp: end, onPointerCancel: end };
  const label = `Circle ${index + 1} at ${formatNumber(circle.x)}, ${formatNumber(circle.y)}, radius ${formatNumber(circle.r)}. Arrow keys move it, plus and minus change the radius, Delete removes it.`;
  // The number stays on the map even where the circle's top does not.
  const labelY = Math.min(p.height - 8, Math.max(16, cy - radius - 7));
  return (
    // biome-ignore lint/a11y/useSemanticElements: an SVG group cannot be a button element
    <g
      className={selected ? 'circle selected' : 'circle'}
      tabIndex={0}
      role="button"
      aria-label={label}
      aria-pressed={selected}
      data-circle={index + 1}
      onKeyDown={key}
      onFocus={() => selectCircle(circle.id)}
    >
      <circle className="casing" cx={cx} cy={cy} r={radius} />
      <circle
        className="disc"
        cx={cx}
        cy={cy}
        r={radius}
        onPointerDown={start('centre')}
        {...drags}
      />
      <circle className="centre" cx={cx} cy={cy} r={2.5} />
      <circle className="rim" cx={cx} cy={cy} r={radius} onPointerDown={start('rim')} {...drags} />
      <circle
        className="handle"
        cx={cx + radius * Math.SQRT1_2}
        cy={cy + radius * Math.SQRT1_2}
        r={selected ? 6 : 4.5}
        onPointerDown={start('rim')}
        {...drags}
      />
      {result !== null && (
        <text className="count" x={Math.min(p.width - 12, Math.max(12, cx))} y={labelY}>
          {result}
        </text>
      )}
    </g>
  );
}

/** All circles, the selected one on top. */
export function Circles({ p }: { p: Projection }) {
  const circles = useStore((s) => s.circles);
  return circles.map((circle, index) => (
    <CircleMark key={circle.id} circle={circle} index={index} p={p} />
  ));
}
