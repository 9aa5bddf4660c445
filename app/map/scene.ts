import type { Box } from '../../src/regions/complex/complex.ts';
import { neighbourFaces } from '../../src/regions/complex/neighbours.ts';
import type { Settings } from '../../src/settings/schema.ts';
import type { SessionStore } from '../session/context.ts';
import { insphereOf, shownFace } from '../session/describe.ts';
import type { Picture, Size, Sketch, State } from '../session/state.ts';
import { Backdrop } from './backdrop.ts';
import { drawNeuron } from './drawCreases.ts';
import { FieldLayer } from './drawField.ts';
import { drawOutline, drawRegion } from './drawRegion.ts';
import { drawSamples } from './drawSamples.ts';
import { markWeight } from './looks.ts';
import { PictureLayer } from './pictureLayer.ts';
import { type Projection, projection } from './projection.ts';
import { type MapTheme, readTheme } from './theme.ts';

/** How what is drawn depends on the state; the two layers are redrawn only when their part of it changes. */
const sceneParts = (s: State) =>
  [s.picture, s.sketch, s.working === null, s.field, s.settings] as const;
const overlayParts = (s: State) =>
  [s.picture, s.samples, s.settings, s.hoverFace, s.focus, s.highlight] as const;

/** Draws a layer of the map; true when the next frame has more to draw. */
type Draw = (
  ctx: CanvasRenderingContext2D,
  s: State,
  theme: MapTheme,
  p: Projection,
  dpr: number,
) => boolean;

interface Drawer {
  readonly draw: Draw;
  /** The browser took the pixels of the canvases, as it does when its GPU process ends: nothing kept is there. */
  readonly forget: () => void;
}

/** A canvas of a map, and the session that it shows. */
export interface MapCanvas {
  readonly canvas: HTMLCanvasElement;
  readonly store: SessionStore;
  /** Size of the map now. */
  readonly size: () => Size;
  /** Gets how many regions of the picture are smaller than a pixel, and drawn as part of a mean. */
  readonly onBlended?: ((regions: number) => void) | undefined;
}

/** Keeps something painted from frame to frame, on a canvas of its own. */
interface Keeper {
  readonly canvas: HTMLCanvasElement;
  /** The pixels are gone: paints again, on another canvas. */
  forget(): void;
}

/** A canvas that was once too large to have pixels may stay without them, and tells nobody. */
const hasLostPixels = ({ canvas }: Keeper): boolean =>
  canvas.getContext('2d')?.isContextLost?.() ?? false;

/** A bitmap enlarged more than this shows less than the cells found so far. */
const BLURRED = 8;

const widthOf = ({ xMin, xMax }: Box): number => xMax - xMin;

/** The scene, and what it remembers from frame to frame. */
function sceneDrawer({ onBlended }: MapCanvas): Drawer {
  const wholeLayer = new PictureLayer();
  const partialLayer = new PictureLayer();
  const backdrop = new Backdrop();
  const fieldLayer = new FieldLayer();
  const keepers: readonly Keeper[] = [wholeLayer, partialLayer, backdrop, fieldLayer];
  let blended = 0;
  /** The last picture that was not on its way. */
  let last: Picture | null = null;
  let partial: Sketch | null = null;

  const draw: Draw = (ctx, s, theme, p, dpr) => {
    for (const keeper of keepers) if (hasLostPixels(keeper)) keeper.forget();
    const { picture, sketch, field, settings, frame, working } = s;
    const shows = (part: Settings['hide'][number]) => !settings.hide.includes(part);
    const fieldShown = field && settings.show === field.kind && field.run === frame?.run;
    const look = { cells: !fieldShown, creases: shows('creases') };
    const onItsWay = picture !== null && !picture.complex.complete && working !== null;
    if (!onItsWay) last = picture;
    else if (last?.run !== picture.run) last = null;
    // The earlier picture stays on top: known detail is not replaced by detail still to be found.
    const coming = sketch ?? (onItsWay ? picture : null);
    const blurred = last !== null && widthOf(last.complex.box) * p.scale > BLURRED * p.width;
    const over = last && (!coming || (last.run === frame?.run && !blurred)) ? last : null;
    const whole = over && {
      complex: over.complex,
      net: over.net,
      changes: over.changes,
      boundary: shows('boundary') ? over.boundary : null,
      ...look,
    };
    // Cells found so far stay below until the full picture is painted.
    if (coming) partial = coming;
    else if (!whole || wholeLayer.has(whole)) partial = null;

    if (fieldShown) fieldLayer.draw(ctx, field, theme.dark, p);
    else if (last && frame?.run === last.run) backdrop.draw(ctx, last.net, theme, p);
    let more = false;
    if (partial) {
      // Which creases of it change the map is not known yet.
      const { complex, net } = partial;
      const content = { complex, net, changes: null, boundary: null, ...look };
      more = partialLayer.draw(ctx, content, theme, p, dpr);
    } else partialLayer.clear();
    if (whole) more = wholeLayer.draw(ctx, whole, theme, p, dpr) || more;
    else wholeLayer.clear();
    // While a network learns, every picture is of another one.
    if (whole && !fieldShown && frame?.status !== 'playing') backdrop.keep(wholeLayer, whole);
    const { smaller } = whole ? wholeLayer : partialLayer;
    if (smaller !== blended) onBlended?.(smaller);
    blended = smaller;
    return more;
  };
  const forget = () => {
    for (const keeper of keepers) keeper.forget();
  };
  return { draw, forget };
}

function drawOverlay(
  ctx: CanvasRenderingContext2D,
  s: State,
  theme: MapTheme,
  p: Projection,
): false {
  const { picture, samples, settings, highlight, hoverFace } = s;
  const weight = markWeight(theme.weight);
  const size = Math.max(2.6, Math.min(4.2, p.width / 180)) * weight;
  for (const kind of ['test', 'train'] as const) {
    if (!samples || settings.hide.includes(kind)) continue;
    const { classes, paper } = theme;
    const style = { classes, paper, weight, size, hollow: kind === 'test' };
    drawSamples(ctx, samples[kind], style, p);
  }
  if (!picture) return false;
  if (highlight) {
    const offsets = picture.net.offsets;
    if (highlight.layer < offsets.length - 1)
      drawNeuron(
        ctx,
        picture.complex,
        offsets[highlight.layer] + highlight.neuron,
        offsets[offsets.length - 1],
        theme,
        p,
      );
  }
  const face = shownFace(s);
  if (face !== null) {
    const { complex } = picture;
    // Beside a pinned region the one under the pointer is outlined.
    if (hoverFace !== null && hoverFace < complex.faceCount && hoverFace !== face)
      drawOutline(ctx, complex, hoverFace, theme, p);
    const neighbours = neighbourFaces(complex, face);
    const insphere = insphereOf(picture, face);
    drawRegion(ctx, complex, { face, neighbours, insphere }, theme, p);
  }
  return false;
}

/** Keeps one canvas true to the state, at most once per animation frame; returns what ends that. */
function keepDrawn(
  { canvas, store, size }: MapCanvas,
  parts: (s: State) => readonly unknown[],
  { draw, forget }: Drawer,
): { redraw(): void; stop(): void } {
  let frame = 0;
  let before: readonly unknown[] = [];
  /** Reading a style makes the browser bring all of them up to date: once per theme is enough. */
  let theme: { name: string | undefined; read: MapTheme } | null = null;
  const themeNow = (): MapTheme => {
    const name = canvas.parentElement?.dataset.theme;
    if (theme?.name !== name) theme = null;
    theme ??= { name, read: readTheme(canvas) };
    return theme.read;
  };
  const paint = () => {
    frame = 0;
    const { width, height } = size();
    const ctx = canvas.getContext('2d');
    if (!ctx || width === 0) return;
    const dpr = window.devicePixelRatio || 1;
    const [w, h] = [Math.round(width * dpr), Math.round(height * dpr)];
    if (canvas.width !== w || canvas.height !== h) {
      canvas.width = w;
      canvas.height = h;
    }
    ctx.setTransform(dpr, 0, 0, dpr, 0, 0);
    ctx.clearRect(0, 0, width, height);
    const s = store.getState();
    const p = projection(s.settings.view, width, height);
    if (draw(ctx, s, themeNow(), p, dpr)) redraw();
  };
  const redraw = () => {
    frame ||= requestAnimationFrame(paint);
  };
  const unsubscribe = store.subscribe((s) => {
    const now = parts(s);
    if (now.every((part, i) => part === before[i])) return;
    before = now;
    redraw();
  });
  const restored = () => {
    forget();
    redraw();
  };
  canvas.addEventListener('contextrestored', restored);
  redraw();
  return {
    redraw() {
      theme = null;
      redraw();
    },
    stop() {
      unsubscribe();
      canvas.removeEventListener('contextrestored', restored);
      cancelAnimationFrame(frame);
    },
  };
}

export const keepSceneDrawn = (map: MapCanvas) => keepDrawn(map, sceneParts, sceneDrawer(map));
export const keepOverlayDrawn = (map: MapCanvas) =>
  keepDrawn(map, overlayParts, { draw: drawOverlay, forget: () => {} });
