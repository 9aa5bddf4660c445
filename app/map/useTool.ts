import { type PointerEvent, useRef } from 'react';
import { pixelOf } from '../pixelOf.ts';
import { faceAt } from '../session/describe.ts';
import { isPen } from '../session/edit.ts';
import type { Session } from '../session/session.ts';
import { useSession } from '../useSession.ts';
import type { Projection } from './projection.ts';

/** Pixels between two points of one stroke, and the reach of the eraser. */
const STROKE_STEP = 14;
const ERASER = 12;

/** Pins the region at a place; where it is pinned already, lets it go. */
export function pinRegion({ store, actions }: Session, x: number, y: number): void {
  const { picture, focus } = store.getState();
  const again =
    picture !== null &&
    focus?.pinned === true &&
    faceAt(picture, focus.x, focus.y) === faceAt(picture, x, y);
  actions.mark(again ? null : { x, y, pinned: true });
}

/** Does at a place what a press of the mouse does there: sets a circle, pins a region, or draws or erases points. */
export function applyTool(session: Session, x: number, y: number, p: Projection): void {
  const { store, actions } = session;
  const { tool } = store.getState();
  if (tool === 'inspect') pinRegion(session, x, y);
  else if (tool === 'circle') actions.addCircle(x, y);
  else if (tool === 'erase') actions.erasePoints(x, y, ERASER / p.scale);
  else actions.drawPoints([[x, y]], tool === 'class-1' ? 1 : 0);
}

/** Handlers that draw or erase points while a tool for that is in hand. */
export function useTool(projectionNow: () => Projection) {
  const session = useSession();
  const last = useRef<{ px: number; py: number } | null>(null);
  const pinching = useRef(false);

  const apply = (event: PointerEvent<SVGSVGElement>) => {
    const { px, py } = pixelOf(event, event.currentTarget);
    const p = projectionNow();
    const from = last.current;
    const close = from !== null && Math.hypot(px - from.px, py - from.py) < STROKE_STEP;
    if (close && session.store.getState().tool !== 'erase') return;
    last.current = { px, py };
    applyTool(session, p.x(px), p.y(py), p);
  };

  const drawing = () => isPen(session.store.getState().tool);
  return {
    onPointerDown(event: PointerEvent<SVGSVGElement>) {
      if (!drawing() || event.button !== 0) return;
      // A second finger means a pinch, not another stroke.
      if (!event.isPrimary) {
        pinching.current = true;
        return;
      }
      pinching.current = false;
      event.currentTarget.setPointerCapture(event.pointerId);
      last.current = null;
      apply(event);
    },
    onPointerMove(event: PointerEvent<SVGSVGElement>) {
      if (!drawing() || !event.isPrimary || pinching.current) return;
      if (event.currentTarget.hasPointerCapture(event.pointerId)) apply(event);
    },
  };
}
