import { type PointerEvent, useRef } from 'react';
import { drawPoints, erasePoints } from '../engine/edit.ts';
import { pixelOf } from '../pixelOf.ts';
import { useStore } from '../store/store.ts';
import type { Projection } from './projection.ts';

/** Pixels between two points of one stroke, and the reach of the eraser. */
const STROKE_STEP = 14;
const ERASER = 12;

/** Handlers that draw or erase points while a tool other than the circle is in hand. */
export function useTool(projectionNow: () => Projection) {
  const last = useRef<{ px: number; py: number } | null>(null);
  const pinching = useRef(false);

  const apply = (event: PointerEvent<SVGSVGElement>) => {
    const { px, py } = pixelOf(event, event.currentTarget);
    const { tool } = useStore.getState();
    const p = projectionNow();
    if (tool === 'erase') {
      erasePoints(p.x(px), p.y(py), ERASER / p.scale);
      return;
    }
    const from = last.current;
    if (from && Math.hypot(px - from.px, py - from.py) < STROKE_STEP) return;
    last.current = { px, py };
    drawPoints([[p.x(px), p.y(py)]], tool === 'class-1' ? 1 : 0);
  };

  const drawing = () => useStore.getState().tool !== 'circle';
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
