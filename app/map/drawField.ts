import { countTable, outputTable } from '../colour.ts';
import type { FieldPicture } from '../session/state.ts';
import type { Projection } from './projection.ts';

const counts = countTable();
const outputs = new Map<boolean, Uint8ClampedArray>();

function tableOf(kind: FieldPicture['kind'], dark: boolean): Uint8ClampedArray {
  if (kind !== 'output') return counts;
  const table = outputs.get(dark) ?? outputTable(dark);
  outputs.set(dark, table);
  return table;
}

/** A logit of this size is a near-certain class; beyond it the colour no longer changes. */
const CERTAIN = 4;

/** What the two ends of the colour scale stand for. */
export const fieldRange = ({ kind, top }: FieldPicture): [number, number] =>
  kind === 'output' ? [-CERTAIN, CERTAIN] : [0, top];

/** Draws one value per cell of a grid, stretched over the box it was computed for. */
export class FieldLayer {
  canvas = document.createElement('canvas');
  private drawn: { field: FieldPicture; dark: boolean } | null = null;

  draw(ctx: CanvasRenderingContext2D, field: FieldPicture, dark: boolean, p: Projection): void {
    const { box } = field;
    this.colour(field, dark);
    ctx.imageSmoothingEnabled = field.kind !== 'bound';
    ctx.drawImage(
      this.canvas,
      p.px(box.xMin),
      p.py(box.yMax),
      (box.xMax - box.xMin) * p.scale,
      (box.yMax - box.yMin) * p.scale,
    );
  }

  /** The browser lost the pixels: the field is coloured again, on a canvas that is not lost. */
  forget(): void {
    this.canvas = document.createElement('canvas');
    this.drawn = null;
  }

  /** Brings the field onto its canvas, a pixel per value. */
  private colour(field: FieldPicture, dark: boolean): void {
    // Panning shows the same field again and again.
    if (this.drawn?.field === field && this.drawn.dark === dark) return;
    const { columns, rows, values } = field;
    const table = tableOf(field.kind, dark);
    const [low, high] = fieldRange(field);
    const image = new ImageData(columns, rows);
    for (let i = 0; i < values.length; i++) {
      const share = (values[i] - low) / (high - low);
      const entry = 4 * Math.max(0, Math.min(255, Math.round(255 * share)));
      for (let channel = 0; channel < 4; channel++)
        image.data[4 * i + channel] = table[entry + channel];
    }
    this.canvas.width = columns;
    this.canvas.height = rows;
    this.canvas.getContext('2d')?.putImageData(image, 0, 0);
    this.drawn = { field, dark };
  }
}
