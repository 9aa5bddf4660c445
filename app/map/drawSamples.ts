import type { Samples } from '../../src/data/dataset.ts';
import { CASING, HOLLOW_WIDTH } from './looks.ts';
import type { Projection } from './projection.ts';

export interface SampleStyle {
  readonly classes: readonly [string, string];
  readonly paper: string;
  /** Multiplies the widths of the lines. */
  readonly weight: number;
  /** Half the size of a marker, in pixels. */
  readonly size: number;
  /** Test samples are hollow. */
  readonly hollow: boolean;
}

/** Circles for class 0, squares for class 1: the shape shows the same as the colour. */
export function drawSamples(
  ctx: CanvasRenderingContext2D,
  samples: Samples,
  style: SampleStyle,
  p: Projection,
): void {
  const { size } = style;
  for (let label = 0; label < 2; label++) {
    const path = new Path2D();
    for (let i = 0; i < samples.count; i++) {
      if (samples.labels[i] !== label) continue;
      const x = p.px(samples.points[2 * i]);
      const y = p.py(samples.points[2 * i + 1]);
      if (label === 0) {
        path.moveTo(x + size, y);
        path.arc(x, y, size, 0, 2 * Math.PI);
      } else {
        const s = 0.9 * size;
        path.rect(x - s, y - s, 2 * s, 2 * s);
      }
    }
    const line = style.hollow ? HOLLOW_WIDTH : 0;
    ctx.lineWidth = (line + 2 * CASING.reach) * style.weight;
    ctx.strokeStyle = style.paper;
    ctx.stroke(path);
    ctx.fillStyle = style.hollow ? style.paper : style.classes[label];
    ctx.fill(path);
    if (!style.hollow) continue;
    ctx.lineWidth = line * style.weight;
    ctx.strokeStyle = style.classes[label];
    ctx.stroke(path);
  }
}
