import { neuronOffsets } from '../../src/network/network.ts';
import type { RegionComplex } from '../../src/regions/complex.ts';
import { regionBucket, regionPalette } from '../colour.ts';
import { shownFace, surroundings } from '../engine/describe.ts';
import { mapSize } from '../engine/pictures.ts';
import { type State, useStore } from '../store/store.ts';
import { drawBoundary } from './drawBoundary.ts';
import { drawCells } from './drawCells.ts';
import { drawCreases, drawNeuron } from './drawCreases.ts';
import { drawField } from './drawField.ts';
import { drawRegion } from './drawRegion.ts';
import { drawSamples } from './drawSamples.ts';
import { type Projection, projection } from './projection.ts';
import { type MapTheme, readTheme } from './theme.ts';

const colourCache = new WeakMap<RegionComplex, { dark: boolean; colours: string[] }>();

function coloursOf(complex: RegionComplex, dark: boolean): string[] {
  const cached = colourCache.get(complex);
  if (cached?.dark === dark) return cached.colours;
  const { patterns, words, faceCount } = complex;
  const palette = regionPalette(dark);
  const colours = Array.from(
    { length: faceCount },
    (_, face) => palette[regionBucket(patterns, face * words, words)],
  );
  colourCache.set(complex, { dark, colours });
  return colours;
}

/** How what is drawn depends on the state; the two layers are redrawn only when their part of it changes. */
const sceneParts = (s: State) => [s.picture, s.sketch, s.field, s.settings] as const;
const overlayParts = (s: State) =>
  [s.picture, s.samples, s.settings, s.hoverFace, s.focus, s.highlight] as const;

function drawScene(ctx: CanvasRenderingContext2D, s: State, theme: MapTheme, p: Projection): void {
  const { picture, sketch, field, settings } = s;
  const shown = sketch ?? picture;
  if (field && settings.show === field.kind && field.run === s.frame?.run)
    drawField(ctx, field, theme.dark, p);
  else if (shown) drawCells(ctx, shown.complex, coloursOf(shown.complex, theme.dark), p);
  if (shown && !settings.hide.includes('creases')) {
    const style = { ink: theme.ink, offsets: neuronOffsets(shown.net), weight: theme.weight };
    // Which creases of a sketch change the map is not known yet.
    drawCreases(ctx, shown.complex, sketch ? null : (picture?.changes ?? null), style, p);
  }
  if (picture && !sketch && !settings.hide.includes('boundary'))
    drawBoundary(ctx, picture.boundary, theme.ink, theme.paper, theme.weight, p);
}

function drawOverlay(
  ctx: CanvasRenderingContext2D,
  s: State,
  theme: MapTheme,
  p: Projection,
): void {
  const { picture, samples, settings, highlight } = s;
  const size = Math.max(2.6, Math.min(4.2, p.width / 180)) * theme.weight;
  for (const kind of ['test', 'train'] as const) {
    if (!samples || settings.hide.includes(kind)) continue;
    const style = { classes: theme.classes, paper: theme.paper, size, hollow: kind === 'test' };
    drawSamples(ctx, samples[kind], style, p);
  }
  if (!picture) return;
  if (highlight) {
    const offsets = neuronOffsets(picture.net);
    if (highlight.layer < offsets.length - 1)
      drawNeuron(
        ctx,
        picture.complex,
        offsets[highlight.layer] + highlight.neuron,
        theme.accent,
        p,
      );
  }
  const face = shownFace(s);
  if (face !== null) drawRegion(ctx, picture.complex, surroundings(picture, face), theme, p);
}

type Draw = (ctx: CanvasRenderingContext2D, s: State, theme: MapTheme, p: Projection) => void;

/** Keeps one canvas true to the state, at most once per animation frame; returns what ends that. */
function keepDrawn(
  canvas: HTMLCanvasElement,
  parts: (s: State) => readonly unknown[],
  draw: Draw,
): { redraw(): void; stop(): void } {
  let frame = 0;
  let before: readonly unknown[] = [];
  const paint = () => {
    frame = 0;
    const { width, height } = mapSize;
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
    const s = useStore.getState();
    draw(ctx, s, readTheme(canvas), projection(s.settings.view, width, height));
  };
  const redraw = () => {
    frame ||= requestAnimationFrame(paint);
  };
  const unsubscribe = useStore.subscribe((s) => {
    const now = parts(s);
    if (now.every((part, i) => part === before[i])) return;
    before = now;
    redraw();
  });
  redraw();
  return {
    redraw,
    stop() {
      unsubscribe();
      cancelAnimationFrame(frame);
    },
  };
}

export const keepSceneDrawn = (canvas: HTMLCanvasElement) =>
  keepDrawn(canvas, sceneParts, drawScene);
export const keepOverlayDrawn = (canvas: HTMLCanvasElement) =>
  keepDrawn(canvas, overlayParts, drawOverlay);
