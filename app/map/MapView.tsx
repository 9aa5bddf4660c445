import {
  type KeyboardEvent,
  type PointerEvent,
  Suspense,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { lazily } from '../lazily.tsx';
import { pixelOf } from '../pixelOf.ts';
import { faceAt } from '../session/describe.ts';
import { isPen } from '../session/edit.ts';
import type { Size, Tool } from '../session/state.ts';
import { useSession, useSessionState } from '../useSession.ts';
import { CircleStatus } from './CircleStatus.tsx';
import { Circles } from './Circles.tsx';
import { FocusStatus } from './FocusStatus.tsx';
import { KEYBOARD_HOME } from './keyboardFocus.ts';
import { MapNote } from './MapNote.tsx';
import styles from './MapView.module.css';
import overlays from './overlays.module.css';
import { creaseUnder } from './pointer.ts';
import { type Projection, projection } from './projection.ts';
import { regionKey } from './regionKeys.ts';
import { SlowPicture } from './SlowPicture.tsx';
import { ChartSquare, LinkSquare } from './Squares.tsx';
import { keepOverlayDrawn, keepSceneDrawn } from './scene.ts';
import { applyTool, pinRegion, useTool } from './useTool.ts';
import { useZoom } from './useZoom.ts';

/** Nothing of it is needed for the first picture. */
const MapEdge = lazily(
  () => import('./MapEdge.tsx').then((chunk) => chunk.MapEdge),
  'Legend and zoom buttons',
  overlays.missing,
);

/** Size of the map, as laid out and as the canvases are to be painted; the session is told. */
function useMapSize(element: React.RefObject<HTMLElement | null>) {
  const { actions } = useSession();
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  const now = useRef(size);
  useEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) => {
      const { width, height } = entry.contentRect;
      // A map without a height has no part of the plane to show, whatever its width.
      const shown = width > 0 && height > 0 ? { width, height } : { width: 0, height: 0 };
      now.current = shown;
      setSize(shown);
      actions.resize(shown);
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element, actions]);
  return { size, now };
}

/** What Enter does on the map with each tool in hand. */
const ENTER: Record<Tool, string> = {
  circle: 'places a circle',
  inspect: 'pins the region',
  'class-0': 'draws a blue point',
  'class-1': 'draws an orange point',
  erase: 'erases the points',
};

interface MapViewProps {
  /** Gives it its size. */
  readonly className: string;
  readonly interactive: boolean;
  /** Gets how many regions of the picture are smaller than a pixel; stays the same function. */
  readonly onBlended?: (regions: number) => void;
}

export function MapView({ className, interactive, onBlended }: MapViewProps) {
  const session = useSession();
  const { store, actions } = session;
  const frame = useRef<HTMLDivElement>(null);
  const scene = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const { size, now } = useMapSize(frame);
  const view = useSessionState((s) => s.settings.view);
  const theme = useSessionState((s) => s.settings.theme);
  const tool = useSessionState((s) => s.tool);
  const touched = useRef(false);
  const [pointer, setPointer] = useState<{ px: number; py: number } | null>(null);
  useZoom(svg, size, interactive);

  useEffect(() => {
    if (!scene.current || !overlay.current) return;
    const map = { store, size: () => now.current, onBlended };
    const layers = [
      keepSceneDrawn({ ...map, canvas: scene.current }),
      keepOverlayDrawn({ ...map, canvas: overlay.current }),
    ];
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
  }, [store, now, onBlended]);

  const p = useMemo<Projection>(
    () => projection(view, size.width || 1, size.height || 1),
    [view, size],
  );
  const toolHandlers = useTool(() => p);

  const picture = useSessionState((s) => s.picture);
  // The regions move under a pointer that rests as well.
  useEffect(() => {
    if (!picture || !pointer) return;
    const { px, py } = pointer;
    const face = faceAt(picture, p.x(px), p.y(py));
    const highlight = face < 0 ? null : creaseUnder(picture, face, px, py, p);
    actions.point(face < 0 ? null : face, highlight);
  }, [actions, picture, pointer, p]);

  const hover = (event: PointerEvent<SVGSVGElement>) => {
    toolHandlers.onPointerMove(event);
    if (event.pointerType === 'touch') return;
    // While the map or a circle is dragged, nothing under the pointer is marked.
    if (event.buttons === 0) setPointer(pixelOf(event, event.currentTarget));
    else if (pointer) leave();
  };
  const leave = () => {
    setPointer(null);
    actions.point(null, null);
  };
  /** A finger does not hover: where it taps or rests, the region is marked. */
  const mark = (event: React.MouseEvent<SVGSVGElement>) => {
    const { px, py } = pixelOf(event, event.currentTarget);
    actions.mark({ x: p.x(px), y: p.y(py) });
  };
  const press = (event: React.MouseEvent<SVGSVGElement>) => {
    if (isPen(tool) || !interactive) return;
    const { px, py } = pixelOf(event, event.currentTarget);
    const [x, y] = [p.x(px), p.y(py)];
    if (event.altKey || event.shiftKey) {
      pinRegion(session, x, y);
      return;
    }
    // A press on a circle moves that circle.
    if (event.target instanceof Element && event.target.closest('[data-circle]')) return;
    if (touched.current && tool === 'circle') mark(event);
    applyTool(session, x, y, p);
  };
  const rest = (event: React.MouseEvent<SVGSVGElement>) => {
    if (!touched.current) return;
    event.preventDefault();
    const { px, py } = pixelOf(event, event.currentTarget);
    actions.mark({ x: p.x(px), y: p.y(py), pinned: true });
  };
  const key = (event: KeyboardEvent<SVGSVGElement>) => {
    if (event.target !== event.currentTarget || event.altKey || event.ctrlKey || event.metaKey)
      return;
    if (regionKey(session, event.key, p)) event.preventDefault();
  };

  return (
    <div className={`${styles.map} ${className}`} ref={frame} data-theme={theme} data-testid="map">
      <canvas ref={scene} />
      <canvas ref={overlay} />
      <svg
        ref={svg}
        {...KEYBOARD_HOME}
        role="application"
        aria-label={`Map of the input plane: regions of the network, creases, decision boundary and samples.${interactive ? ` Arrow keys move from region to region. Enter ${ENTER[tool]} in the middle of the marked one. Escape clears the mark.` : ''}`}
        tabIndex={interactive ? 0 : undefined}
        width={size.width}
        height={size.height}
        data-tool={tool}
        onPointerDown={(event) => {
          touched.current = event.pointerType === 'touch';
          toolHandlers.onPointerDown(event);
        }}
        onPointerMove={hover}
        onPointerLeave={leave}
        onClick={press}
        onContextMenu={rest}
        onKeyDown={key}
      >
        {size.width > 0 && (interactive ? <ChartSquare p={p} /> : <LinkSquare p={p} />)}
        {size.width > 0 && <Circles p={p} calm={!interactive} />}
      </svg>
      {interactive && (
        <div className={`${overlays.top} ${overlays.besideTools}`}>
          <MapNote />
          <SlowPicture />
        </div>
      )}
      {interactive && <FocusStatus />}
      <CircleStatus />
      {interactive && size.width > 0 && (
        <Suspense>
          <MapEdge p={p} pointer={pointer} />
        </Suspense>
      )}
    </div>
  );
}
