import { countTable, outputTable } from '../colour.ts';
import type { FieldPicture } from '../store/store.ts';
import type { Projection } from './projection.ts';

const counts = countTable();
const outputs = new Map<boolean, Uint8ClampedArray>();
let scratch = document.createElement('canvas');

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

let drawn: { field: FieldPicture; dark: boolean } | null = null;

/** The browser lost the pixels: the field is coloured anew, on a canvas that is not lost. */
export function forgetField(): void {
  scratch = document.createElement('canvas');
  drawn = null;
}

/** Brings the field onto the scratch canvas, a pixel per value. */
function colour(field: FieldPicture, dark: boolean): void {
  // Panning shows the same field again and again.
  if (drawn?.field === field && drawn.dark === dark) return;
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
  scratch.width = columns;
  scratch.height = rows;
  scratch.getContext('2d')?.putImageData(image, 0, 0);
  drawn = { field, dark };
}

/** Draws one value per cell of a grid, stretched over the box it was computed for. */
export function drawField(
  ctx: CanvasRenderingContext2D,
  field: FieldPicture,
  dark: boolean,
  p: Projection,
): void {
  const { box } = field;
  colour(field, dark);
  ctx.imageSmoothingEnabled = field.kind !== 'bound';
  ctx.drawImage(
    scratch,
    p.px(box.xMin),
    p.py(box.yMax),
    (box.xMax - box.xMin) * p.scale,
    (box.yMax - box.yMin) * p.scale,
  );
}
