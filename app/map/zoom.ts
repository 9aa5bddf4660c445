import * as d3 from 'd3';
import { clampView, VIEW_LIMITS, type View } from '../../src/settings/compound.ts';
import { initialSettings } from '../../src/settings/schema.ts';

const home = initialSettings.view;

/** d3's zoom transform that shows `view` on a map of this size; the identity shows the initial view. */
export function transformOf(view: View, width: number, height: number): d3.ZoomTransform {
  const k = home.half / view.half;
  const scale = (Math.min(width, height) / (2 * home.half)) * k;
  return d3.zoomIdentity
    .translate(
      width / 2 - (view.x - home.x) * scale - (width / 2) * k,
      height / 2 + (view.y - home.y) * scale - (height / 2) * k,
    )
    .scale(k);
}

export function viewOf(t: d3.ZoomTransform, width: number, height: number): View {
  const half = home.half / t.k;
  const scale = (Math.min(width, height) / (2 * home.half)) * t.k;
  // What is far below a pixel is rounding: zooming out again shall end at 0, not at 5e-16.
  const digits = Math.min(15, Math.max(0, 6 - Math.floor(Math.log10(half))));
  const tidy = (v: number) => Number(v.toFixed(digits)) + 0;
  return clampView({
    x: tidy(home.x + (width / 2 - t.x - (width / 2) * t.k) / scale),
    y: tidy(home.y - (height / 2 - t.y - (height / 2) * t.k) / scale),
    half: Number(half.toPrecision(8)),
  });
}

export const zoomExtent: [number, number] = [
  home.half / VIEW_LIMITS.maxHalf,
  home.half / VIEW_LIMITS.minHalf,
];
