import * as d3 from 'd3';
import { type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import { faceAt } from '../engine/describe.ts';
import { addCircle } from '../engine/edit.ts';
import { mapSize } from '../engine/pictures.ts';
import { change } from '../engine/run.ts';
import { resized } from '../engine/start.ts';
import { boxOf } from '../engine/view.ts';
import { useStore } from '../store/store.ts';
import { Circles } from './Circles.tsx';
import { creaseUnder } from './pointer.ts';
import { type Projection, projection } from './projection.ts';
import { keepOverlayDrawn, keepSceneDrawn } from './scene.ts';
import { Tooltip } from './Tooltip.tsx';
import { useTool } from './useTool.ts';
import { transformOf, viewOf, zoomExtent } from './zoom.ts';

function useSize(element: React.RefObject<HTMLElement | null>): { width: number; height: number } {
  const [size, setSize] = useState({ width: 0, height: 0 });
  useEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) => {
      const { width, height } = entry.contentRect;
      mapSize.width = width;
      mapSize.height = height;
      setSize({ width, height });
      resized();
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return size;
}

/** Zoom and pan change the view; a view changed elsewhere moves the zoom along. */
function useZoom(
  svg: React.RefObject<SVGSVGElement | null>,
  { width, height }: { width: number; height: number },
  interactive: boolean,
): void {
  const view = useStore((s) => s.settings.view);
  useEffect(() => {
    if (!svg.current || width === 0) return;
    const selection = d3.select<SVGSVGElement, unknown>(svg.current);
    const zoom = d3
      .zoom<SVGSVGElement, unknown>()
      .scaleExtent(zoomExtent)
      .clickDistance(4)
      .filter((event: MouseEvent | TouchEvent) => {
        // In a frame the wheel belongs to the page around it, unless a key says otherwise.
        if (event.type === 'wheel') return interactive || event.ctrlKey || event.metaKey;
        // Two fingers zoom whatever is in hand; one draws, or moves the circle it is on.
        if ('touches' in event && event.touches.length > 1) return true;
        if (useStore.getState().tool !== 'circle') return false;
        if (event.target instanceof Element && event.target.closest('.circle')) return false;
        return !('button' in event && event.button);
      })
      .on('zoom', (event: d3.D3ZoomEvent<SVGSVGElement, unknown>) => {
        if (event.sourceEvent) change({ view: viewOf(event.transform, width, height) });
      });
    // A double click would first set two circles: zooming stays with wheel, pinch and buttons.
    selection.call(zoom).on('dblclick.zoom', null);
    return () => {
      selection.on('.zoom', null);
    };
  }, [svg, width, height, interactive]);
  useEffect(() => {
    if (svg.current && width > 0)
      d3.select(svg.current).property('__zoom', transformOf(view, width, height));
  }, [svg, view, width, height]);
}

export function MapView({ interactive }: { interactive: boolean }) {
  const frame = useRef<HTMLDivElement>(null);
  const scene = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const size = useSize(frame);
  const view = useStore((s) => s.settings.view);
  const theme = useStore((s) => s.settings.theme);
  const tool = useStore((s) => s.tool);
  const [pointer, setPointer] = useState<{ px: number; py: number } | null>(null);
  useZoom(svg, size, interactive);

  useEffect(() => {
    if (!scene.current || !overlay.current) return;
    const layers = [keepSceneDrawn(scene.current), keepOverlayDrawn(overlay.current)];
    const system = window.matchMedia('(prefers-color-scheme: dark)');
    const redraw = () => {
      for (const layer of layers) layer.redraw();
    };
    const observer = new ResizeObserver(redraw);
    observer.observe(scene.current);
    system.addEventListener('change', redraw);
    return () => {
      for (const layer of layers) layer.stop();
      observer.disconnect();
      system.removeEventListener('change', redraw);
    };
  }, []);

  const p = useMemo<Projection>(
    () =>
      projection(boxOf(view, size.width || 1, size.height || 1), size.width || 1, size.height || 1),
    [view, size],
  );
  const toolHandlers = useTool(() => p);

  const picture = useStore((s) => s.picture);
  // The regions move under a pointer that rests as well.
  useEffect(() => {
    if (!picture || !pointer) return;
    const { px, py } = pointer;
    const face = faceAt(picture, p.x(px), p.y(py));
    const highlight = face < 0 ? null : creaseUnder(picture, face, px, py, p);
    useStore.setState({ hoverFace: face < 0 ? null : face, highlight });
  }, [picture, pointer, p]);

  const hover = (event: PointerEvent<SVGSVGElement>) => {
    toolHandlers.onPointerMove(event);
    if (event.pointerType === 'touch') return;
    const bounds = event.currentTarget.getBoundingClientRect();
    setPointer({ px: event.clientX - bounds.left, py: event.clientY - bounds.top });
  };
  const leave = () => {
    setPointer(null);
    useStore.setState({ hoverFace: null, highlight: null });
  };
  const press = (event: React.MouseEvent<SVGSVGElement>) => {
    if (tool !== 'circle' || !interactive) return;
    // A press on a circle moves that circle.
    if (event.target instanceof Element && event.target.closest('.circle')) return;
    const bounds = event.currentTarget.getBoundingClientRect();
    addCircle(p.x(event.clientX - bounds.left), p.y(event.clientY - bounds.top));
  };

  return (
    <div className="map" ref={frame} data-theme={theme}>
      <canvas ref={scene} />
      <canvas ref={overlay} />
      {/* biome-ignore lint/a11y/useSemanticElements: a drawing cannot be a fieldset */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: circles are added by keyboard with the button “Add a circle” */}
      <svg
        ref={svg}
        role="group"
        aria-label="Map of the input plane: regions of the network, creases, decision boundary and samples"
        width={size.width}
        height={size.height}
        className={`tool-${tool}`}
        onPointerDown={toolHandlers.onPointerDown}
        onPointerMove={hover}
        onPointerLeave={leave}
        onClick={press}
      >
        {size.width > 0 && <Circles p={p} />}
      </svg>
      {interactive && pointer && <Tooltip pointer={pointer} p={p} />}
    </div>
  );
}
