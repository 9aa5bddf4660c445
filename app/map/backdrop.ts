import type { Model } from '../../src/model/model.ts';
import type { Box } from '../../src/regions/complex/complex.ts';
import { type LayerContent, type PictureLayer, place } from './pictureLayer.ts';
import type { Projection } from './projection.ts';
import type { MapTheme } from './theme.ts';

interface Kept {
  readonly net: Model;
  readonly theme: MapTheme;
  readonly box: Box;
  readonly cells: boolean;
  readonly creases: boolean;
}

const width = ({ xMin, xMax }: Box): number => xMax - xMin;

/**
 * The widest picture that was painted of a network: it lies under the others, so that zooming out and panning show
 * what was there before, until it is repainted.
 */
export class Backdrop {
  canvas = document.createElement('canvas');
  private kept: Kept | null = null;

  /** Remembers what a layer shows, unless something wider of the same kind is remembered. */
  keep(layer: PictureLayer, content: LayerContent): void {
    const { shown } = layer;
    if (shown?.content.complex !== content.complex) return;
    const { net, complex, cells, creases } = shown.content;
    const { theme } = shown;
    const { kept } = this;
    const same =
      kept?.net === net && kept.theme === theme && kept.cells === cells && kept.creases === creases;
    if (kept && same && (kept.box === complex.box || width(kept.box) > width(complex.box))) return;
    if (this.canvas.width !== shown.canvas.width || this.canvas.height !== shown.canvas.height) {
      this.canvas.width = shown.canvas.width;
      this.canvas.height = shown.canvas.height;
    }
    this.canvas.getContext('2d')?.drawImage(shown.canvas, 0, 0);
    this.kept = { net, theme, box: complex.box, cells, creases };
  }

  /** The browser lost the pixels: there is nothing to remember. */
  forget(): void {
    this.kept = null;
    this.canvas = document.createElement('canvas');
  }

  /** Draws what is remembered of this network, if anything. */
  draw(ctx: CanvasRenderingContext2D, net: Model, theme: MapTheme, p: Projection): void {
    if (this.kept?.net === net && this.kept.theme === theme)
      place(ctx, this.canvas, this.kept.box, p);
  }
}
