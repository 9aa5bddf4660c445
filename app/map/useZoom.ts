import * as d3 from 'd3';
import { type RefObject, useEffect, useRef } from 'react';
import type { View } from '../../src/settings/compound.ts';
import { letD3Ask } from '../pixelOf.ts';
import { isPen } from '../session/edit.ts';
import { useSession, useSessionState } from '../useSession.ts';
import { movedView, zoomExtent } from './projection.ts';

/** Zoom and pan change the view; a gesture starts from whatever view stands. */
export function useZoom(
  svg: RefObject<SVGSVGElement | null>,
  { width, height }: { width: number; height: number },
  interactive: boolean,
): void {
  const { store, actions } = useSession();
  const view = useSessionState((s) => s.settings.view);
  const zoom = useRef<d3.ZoomBehavior<SVGSVGElement, unknown> | null>(null);
  /** The view at which d3's transform is the identity, and the one a gesture has made of it. */
  const base = useRef<View>(view);
  const own = useRef<View | null>(null);
  /** Gestures in progress: a drag right after the wheel starts before d3 considers the wheel gesture over. */
  const gestures = useRef(0);

  const rebase = useRef((now: View) => {
    base.current = now;
    own.current = null;
    if (!svg.current) return;
    zoom.current?.scaleExtent(zoomExtent(now));
    d3.select(svg.current).property('__zoom', d3.zoomIdentity);
  }).current;

  useEffect(() => {
    if (!svg.current || width === 0) return;
    letD3Ask(svg.current);
    const selection = d3.select<SVGSVGElement, unknown>(svg.current);
    const behaviour = d3
      .zoom<SVGSVGElement, unknown>()
      .clickDistance(4)
      .filter((event: MouseEvent | TouchEvent) => {
        // In a frame the wheel belongs to the page around it, unless a key says otherwise.
        if (event.type === 'wheel') return interactive || event.ctrlKey || event.metaKey;
        // Two fingers zoom whatever is in hand; one draws, or moves the circle it is on.
        if ('touches' in event && event.touches.length > 1) return true;
        if (isPen(store.getState().tool)) return false;
        if (event.target instanceof Element && event.target.closest('[data-circle]')) return false;
        return !('button' in event && event.button);
      })
      .on('start', () => {
        gestures.current++;
      })
      .on('zoom', (event: d3.D3ZoomEvent<SVGSVGElement, unknown>) => {
        own.current = movedView(base.current, event.transform, width, height);
        actions.change({ view: own.current });
      })
      .on('end', () => {
        // The end of a gesture on a map that has another size since.
        if (zoom.current !== behaviour) return;
        gestures.current--;
        if (gestures.current === 0) rebase(store.getState().settings.view);
      });
    zoom.current = behaviour;
    gestures.current = 0;
    // A double click would first set two circles: zooming stays with wheel, pinch and buttons.
    selection.call(behaviour).on('dblclick.zoom', null);
    rebase(store.getState().settings.view);
    return () => {
      selection.on('.zoom', null);
      zoom.current = null;
    };
  }, [svg, width, height, interactive, rebase, store, actions]);

  // Changed elsewhere: the next gesture starts from there. A gesture in progress is not disturbed.
  useEffect(() => {
    if (view !== own.current && gestures.current === 0) rebase(view);
  }, [view, rebase]);
}
