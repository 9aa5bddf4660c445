import type { Model } from '../../src/model/model.ts';
import type { Box, RegionComplex } from '../../src/regions/complex/complex.ts';
import type { DecisionBoundary } from '../../src/regions/measure/decisionBoundary.ts';
import { packedPalette } from '../colour.ts';
import { drawCells } from './drawCells.ts';
import { drawBoundary, drawCreases } from './drawCreases.ts';
import { Painting, rasterHeight } from './painting.ts';
import { type Projection, projection } from './projection.ts';
import { Raster } from './raster.ts';
import type { MapTheme } from './theme.ts';

/** What one layer of the map shows. */
export interface LayerContent {
  readonly complex: RegionComplex;
  readonly net: Model;
  /** Per half-edge, 0 where the map does not change; null where that is not known yet. */
  readonly changes: Uint8Array | null;
  readonly boundary: DecisionBoundary | null;
  readonly cells: boolean;
  readonly creases: boolean;
}

/** Up to so many regions a canvas draws in a few milliseconds, from the view as it stands. */
const DRAWN_DIRECTLY = 1200;
/** What painting may take of a frame: the rest is for the canvas to show it, and for what else the page does. */
const SLICE_MS = 5;
/** Bitmaps closer to their place than this are in it. */
const SNAP = 1e-3;

interface Bitmap {
  readonly content: LayerContent;
  readonly theme: MapTheme;
  readonly width: number;
  readonly smaller: number;
}

const sameContent = (a: LayerContent, b: LayerContent): boolean =>
  a.complex === b.complex &&
  a.changes === b.changes &&
  a.boundary === b.boundary &&
  a.cells === b.cells &&
  a.creases === b.creases;

/** The view whose map of this width is the box. */
const viewOfBox = ({ xMin, xMax, yMin, yMax }: Box) => ({
  x: (xMin + xMax) / 2,
  y: (yMin + yMax) / 2,
  half: Math.min(xMax - xMin, yMax - yMin) / 2,
});

/**
 * Cells, creases and decision boundary of one complex. Few are redrawn in every frame; many are painted in slices
 * into a bitmap of their own box, and until it is done, or while the view moves on, the last bitmap is drawn where it
 * belongs.
 */
export class PictureLayer {
  private bitmap: Bitmap | null = null;
  canvas = document.createElement('canvas');
  private raster: Raster | null = null;
  private job: { content: LayerContent; theme: MapTheme; painting: Painting } | null = null;

  /** Number of regions that what is shown draws as part of a mean. */
  get smaller(): number {
    return this.bitmap?.smaller ?? 0;
  }

  /** The bitmap that is drawn at present; null where few regions are drawn without one. */
  get shown(): { content: LayerContent; theme: MapTheme; canvas: HTMLCanvasElement } | null {
    if (!this.bitmap) return null;
    return { content: this.bitmap.content, theme: this.bitmap.theme, canvas: this.canvas };
  }

  /** Whether what is drawn is what is asked for, not an earlier picture. */
  has(content: LayerContent): boolean {
    if (content.complex.faceCount <= DRAWN_DIRECTLY) return true;
    return this.bitmap !== null && sameContent(this.bitmap.content, content);
  }

  clear(): void {
    this.bitmap = null;
    this.job = null;
  }

  /** The browser lost the pixels: what is drawn next is painted again, on a canvas that is not lost. */
  forget(): void {
    this.clear();
    this.canvas = document.createElement('canvas');
  }

  /** Draws what there is; true when more of it will come in the next frame. */
  draw(
    ctx: CanvasRenderingContext2D,
    content: LayerContent,
    theme: MapTheme,
    p: Projection,
    dpr: number,
  ): boolean {
    if (content.complex.faceCount <= DRAWN_DIRECTLY) {
      this.clear();
      drawDirectly(ctx, content, theme, p);
      return false;
    }
    const width = Math.round(p.width * dpr);
    const stale =
      !this.bitmap ||
      !sameContent(this.bitmap.content, content) ||
      this.bitmap.width !== width ||
      !sameTheme(this.bitmap.theme, theme);
    // The current painting is finished first: pictures may come faster than they are painted.
    if (stale && !this.job)
      this.job = { content, theme, painting: this.painting(content, theme, width, dpr) };
    if (this.job?.painting.run(SLICE_MS)) {
      const { painting, ...made } = this.job;
      this.show(painting.raster, made.content, made.theme, p.width, dpr);
      this.bitmap = { ...made, width: painting.raster.width, smaller: painting.smaller };
      this.job = null;
    }
    if (this.bitmap) place(ctx, this.canvas, this.bitmap.content.complex.box, p);
    return this.job !== null || !this.has(content);
  }

  private painting(content: LayerContent, theme: MapTheme, width: number, dpr: number): Painting {
    const { complex, net, changes, cells, creases } = content;
    const height = rasterHeight(complex.box, width);
    if (this.raster?.width !== width || this.raster.height !== height)
      this.raster = new Raster(width, height);
    const style = {
      ink: theme.crease,
      casing: casingOf(theme, cells),
      offsets: net.offsets,
      weight: theme.weight,
      palette: cells ? packedPalette(theme.dark) : null,
      creases,
      changes,
      density: dpr,
    };
    return new Painting(complex, style, this.raster);
  }

  /** Puts a finished painting onto the layer's own canvas, the boundary on top. */
  private show(
    { width, height, rgba }: Raster,
    { complex, boundary }: LayerContent,
    theme: MapTheme,
    mapWidth: number,
    dpr: number,
  ): void {
    const { canvas } = this;
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    const ctx = canvas.getContext('2d');
    if (!ctx) return;
    ctx.putImageData(new ImageData(rgba, width, height), 0, 0);
    if (!boundary) return;
    ctx.setTransform(dpr, 0, 0, dpr, 0, 0);
    const own = projection(viewOfBox(complex.box), mapWidth, height / dpr);
    drawBoundary(ctx, boundary, theme, own);
  }
}

const sameTheme = (a: MapTheme, b: MapTheme): boolean =>
  a.dark === b.dark &&
  a.forced === b.forced &&
  a.paper === b.paper &&
  a.ink === b.ink &&
  a.crease === b.crease &&
  a.weight === b.weight;

/** Region colours are chosen for the crease; a field, and what the system makes of the ink, are not. */
const casingOf = ({ forced, paper }: MapTheme, cells: boolean): string | null =>
  forced || !cells ? paper : null;

function drawDirectly(
  ctx: CanvasRenderingContext2D,
  { complex, net, changes, boundary, cells, creases }: LayerContent,
  theme: MapTheme,
  p: Projection,
): void {
  if (cells) drawCells(ctx, complex, theme.dark, p);
  const style = {
    ink: theme.crease,
    casing: casingOf(theme, cells),
    offsets: net.offsets,
    weight: theme.weight,
  };
  if (creases) drawCreases(ctx, complex, changes, style, p);
  if (boundary) drawBoundary(ctx, boundary, theme, p);
}

/** Draws the part of a bitmap that is in view where its box lies. */
export function place(
  ctx: CanvasRenderingContext2D,
  bitmap: HTMLCanvasElement,
  { xMin, xMax, yMin, yMax }: Box,
  p: Projection,
): void {
  const snap = (v: number) => (Math.abs(v - Math.round(v)) < SNAP ? Math.round(v) : v);
  const [left, top] = [snap(p.px(xMin)), snap(p.py(yMax))];
  const [width, height] = [snap((xMax - xMin) * p.scale), snap((yMax - yMin) * p.scale)];
  // After a deep zoom the whole would be wider than a canvas can count pixels.
  const [fromX, toX] = [Math.max(0, left), Math.min(p.width, left + width)];
  const [fromY, toY] = [Math.max(0, top), Math.min(p.height, top + height)];
  if (!(toX > fromX && toY > fromY)) return;
  const [kx, ky] = [bitmap.width / width, bitmap.height / height];
  ctx.imageSmoothingEnabled = true;
  ctx.drawImage(
    bitmap,
    (fromX - left) * kx,
    (fromY - top) * ky,
    (toX - fromX) * kx,
    (toY - fromY) * ky,
    fromX,
    fromY,
    toX - fromX,
    toY - fromY,
  );
}
