import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { formatNumber } from '../format.ts';
import { countText } from '../panels/inspector/found.ts';
import { pixelOf } from '../pixelOf.ts';
import { placeOf } from '../session/measured.ts';
import type { Circle } from '../session/state.ts';
import { useSession, useSessionState } from '../useSession.ts';
import styles from './Circles.module.css';
import { moveFocusToNext } from './keyboardFocus.ts';
import type { Projection } from './projection.ts';

/** The circle's own rim is drawn even where it is smaller than a handle. */
const SMALLEST = 4;
/** Pixels between a count and the edge of the map, and about half the width of one of its digits. */
const MARGIN = 8;
const HALF_DIGIT = 5;
/** Pixels between the rim and the ring around a circle that has the keyboard. */
const FOCUS_GAP = 6;
/** Pixels an arrow key moves a circle, and the factor + and − change its radius by. */
const NUDGE = 4;
const GROW = 1.05;

interface Drag {
  readonly part: 'centre' | 'rim';
  readonly dx: number;
  readonly dy: number;
}

/** Where on its rim a circle may carry its number: opposite of the handle first. */
const BADGE_ANGLES = [-0.75, -0.25, 0.75, -0.5, 1, 0, 0.5].map((half) => half * Math.PI);
/** Pixels from the middle of the number to the edge of the map, and to that of the smallest circle. */
const BADGE_ROOM = 14;

interface CountPlace {
  readonly x: number;
  readonly y: number;
  readonly textAnchor: 'start' | 'middle' | 'end';
}

/** Where a count of so many characters stands: above the disc, moved into the view; null when they do not meet. */
function countPlace(
  cx: number,
  cy: number,
  radius: number,
  characters: number,
  { width, height }: Projection,
): CountPlace | null {
  const nearX = Math.min(width, Math.max(0, cx));
  const nearY = Math.min(height, Math.max(0, cy));
  if (Math.hypot(cx - nearX, cy - nearY) >= radius) return null;
  const top = cy - Math.sqrt(radius ** 2 - (cx - nearX) ** 2);
  const y = Math.min(height - MARGIN, Math.max(3 * MARGIN, top - 7));
  const room = MARGIN + HALF_DIGIT * characters;
  if (cx < room) return { x: MARGIN, y, textAnchor: 'start' };
  if (cx > width - room) return { x: width - MARGIN, y, textAnchor: 'end' };
  return { x: cx, y, textAnchor: 'middle' };
}

/** The place of the number on the rim that is in view; null where there is none. */
function badgePlace(cx: number, cy: number, radius: number, { width, height }: Projection) {
  const reach = Math.max(radius, BADGE_ROOM);
  const inside = (at: number, size: number) => at >= BADGE_ROOM && at <= size - BADGE_ROOM;
  return (
    BADGE_ANGLES.map((a) => [cx + reach * Math.cos(a), cy + reach * Math.sin(a)] as const).find(
      ([x, y]) => inside(x, width) && inside(y, height),
    ) ?? null
  );
}

interface CircleMarkProps {
  readonly circle: Circle;
  readonly index: number;
  readonly p: Projection;
  /** It carries its place in the list. */
  readonly numbered: boolean;
}

function CircleMark({ circle, index, p, numbered }: CircleMarkProps) {
  const { store, actions } = useSession();
  const { dragCircle, removeCircle, selectCircle } = actions;
  const selected = useSessionState((s) => s.selected === circle.id);
  const result = useSessionState((s) => {
    const at = placeOf(s.circleResults, circle.id);
    return at < 0 ? null : (s.circleResults?.exact[at] ?? null);
  });
  const drag = useRef<Drag | null>(null);
  const cx = p.px(circle.x);
  const cy = p.py(circle.y);
  const radius = Math.max(SMALLEST, circle.r * p.scale);

  const start = (part: Drag['part']) => (event: PointerEvent<SVGElement>) => {
    // With these keys a press pins the region below.
    if (event.altKey || event.shiftKey) return;
    if (event.button !== 0 || store.getState().tool !== 'circle') return;
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    selectCircle(circle.id);
    const { px, py } = pixelOf(event, event.currentTarget);
    drag.current = { part, dx: px - cx, dy: py - cy };
  };
  const move = (event: PointerEvent<SVGElement>) => {
    if (!drag.current || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const { px, py } = pixelOf(event, event.currentTarget);
    if (drag.current.part === 'rim')
      dragCircle(circle.id, { r: Math.hypot(px - cx, py - cy) / p.scale });
    else dragCircle(circle.id, { x: p.x(px - drag.current.dx), y: p.y(py - drag.current.dy) });
  };
  const end = () => {
    drag.current = null;
  };
  const key = (event: KeyboardEvent) => {
    const step = (NUDGE * (event.shiftKey ? 5 : 1)) / p.scale;
    const { x, y, r, id } = circle;
    const actions: Record<string, () => void> = {
      ArrowLeft: () => dragCircle(id, { x: x - step }),
      ArrowRight: () => dragCircle(id, { x: x + step }),
      ArrowUp: () => dragCircle(id, { y: y + step }),
      ArrowDown: () => dragCircle(id, { y: y - step }),
      '+': () => dragCircle(id, { r: r * GROW }),
      '=': () => dragCircle(id, { r: r * GROW }),
      '-': () => dragCircle(id, { r: r / GROW }),
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
  const count = result === null ? '' : countText(result);
  const place = count === '' ? null : countPlace(cx, cy, radius, count.length, p);
  const badge = numbered ? badgePlace(cx, cy, radius, p) : null;
  // A disc that fills the view would leave no place to click or to pan.
  const holdable = radius < Math.min(p.width, p.height) / 2;
  return (
    // biome-ignore lint/a11y/useSemanticElements: an SVG group cannot be a button element
    <g
      ref={moveFocusToNext}
      className={styles.circle}
      tabIndex={0}
      role="button"
      aria-label={label}
      aria-pressed={selected}
      data-circle={index + 1}
      onKeyDown={key}
      onFocus={() => selectCircle(circle.id)}
    >
      <g data-part="focus">
        <circle cx={cx} cy={cy} r={radius + FOCUS_GAP} />
        <circle cx={cx} cy={cy} r={radius + FOCUS_GAP} />
      </g>
      <circle data-part="casing" cx={cx} cy={cy} r={radius} />
      <circle
        data-part="disc"
        cx={cx}
        cy={cy}
        r={radius}
        pointerEvents={holdable ? undefined : 'none'}
        onPointerDown={start('centre')}
        {...drags}
      />
      <circle data-part="centre" cx={cx} cy={cy} r={2.5} />
      <circle data-part="rim" cx={cx} cy={cy} r={radius} onPointerDown={start('rim')} {...drags} />
      <circle
        data-part="handle"
        cx={cx + radius * Math.SQRT1_2}
        cy={cy + radius * Math.SQRT1_2}
        onPointerDown={start('rim')}
        {...drags}
      />
      {badge && (
        <g data-part="number" transform={`translate(${badge[0]},${badge[1]})`}>
          <circle r="0.85em" />
          <text y="0.36em">{index + 1}</text>
        </g>
      )}
      {place && (
        <text data-part="count" {...place}>
          {count}
        </text>
      )}
    </g>
  );
}

/** All circles. In a calm map, an embed, a single one has no number. */
export function Circles({ p, calm }: { p: Projection; calm: boolean }) {
  const circles = useSessionState((s) => s.circles);
  return circles.map((circle, index) => (
    <CircleMark
      key={circle.id}
      circle={circle}
      index={index}
      p={p}
      numbered={!calm || circles.length > 1}
    />
  ));
}
