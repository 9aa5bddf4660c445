/** What a pixel is wide of a line, at least, to one side: half its own width. */
const HALF_PIXEL = 0.5;

/**
 * Cells and creases as pixels, without a canvas: a hundred thousand paths take a canvas a second, and it says nothing
 * of how far it is. Every drawing here is one short step, so that it fits between frames.
 * Coordinates are in pixels, y downwards.
 */
export class Raster {
  readonly width: number;
  readonly height: number;
  /** `[height × width]` colour of the cells, 0xRRGGBB; −1 where none is drawn. */
  private readonly cells: Int32Array;
  /** `[height × width]` opacity of the creases, 0 … 255. */
  private readonly creases: Uint8Array;
  /** `[height × width]` opacity of the casings under the creases, 0 … 255; null before there is one. */
  private casings: Uint8Array | null = null;
  private cased = false;
  /** `[height × width × 4]` the finished picture. */
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
  /** `[height × width × 4]` area, and area times red, green, blue, of the cells too small to be drawn one by one. */
  private crumbs: Float32Array | null = null;
  private crumbled = false;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.cells = new Int32Array(width * height).fill(-1);
    this.creases = new Uint8Array(width * height);
    this.rgba = new Uint8ClampedArray(4 * width * height);
  }

  /** Forgets everything that was drawn; `rgba` stays until it is composed again. */
  clear(): void {
    this.cells.fill(-1);
    this.creases.fill(0);
    if (this.crumbled) this.crumbs?.fill(0);
    this.crumbled = false;
    if (this.cased) this.casings?.fill(0);
    this.cased = false;
  }

  /** Fills a convex polygon: `n` corners in either direction. A pixel has the colour of the cell that its centre lies in. */
  fill(xs: ArrayLike<number>, ys: ArrayLike<number>, n: number, colour: number): void {
    let top = Number.POSITIVE_INFINITY;
    let bottom = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < n; i++) {
      if (ys[i] < top) top = ys[i];
      if (ys[i] > bottom) bottom = ys[i];
    }
    const first = Math.max(0, Math.ceil(top - HALF_PIXEL));
    const end = Math.min(this.height, Math.ceil(bottom - HALF_PIXEL));
    for (let row = first; row < end; row++) {
      const y = row + HALF_PIXEL;
      let left = Number.POSITIVE_INFINITY;
      let right = Number.NEGATIVE_INFINITY;
      for (let i = 0, j = n - 1; i < n; j = i++) {
        // Always from the upper end to the lower: both cells of an edge get it at the same place.
        const a = ys[i] < ys[j] ? i : j;
        const b = i + j - a;
        if (!(ys[a] <= y && y < ys[b])) continue;
        const x = xs[a] + ((y - ys[a]) / (ys[b] - ys[a])) * (xs[b] - xs[a]);
        if (x < left) left = x;
        if (x > right) right = x;
      }
      const from = Math.max(0, Math.ceil(left - HALF_PIXEL));
      const to = Math.min(this.width, Math.ceil(right - HALF_PIXEL));
      if (from < to) this.cells.fill(colour, row * this.width + from, row * this.width + to);
    }
  }

  /** Adds a cell smaller than a pixel to the mean of the pixel it is in. */
  crumb(x: number, y: number, area: number, colour: number): void {
    const at = this.pixel(x, y);
    if (at < 0) return;
    // A view without such cells does without the memory.
    this.crumbs ??= new Float32Array(4 * this.width * this.height);
    this.crumbled = true;
    const { crumbs } = this;
    // Even a cell without any area to see is there.
    const share = Math.max(area, 1e-6);
    crumbs[4 * at] += share;
    crumbs[4 * at + 1] += share * (colour >> 16);
    crumbs[4 * at + 2] += share * ((colour >> 8) & 255);
    crumbs[4 * at + 3] += share * (colour & 255);
  }

  /** Adds a piece of crease shorter than a pixel, which covers a share of it; many are no darker than a line. */
  speck(x: number, y: number, covered: number, opacity: number): void {
    const at = this.pixel(x, y);
    if (at < 0) return;
    const most = 255 * opacity;
    const before = this.creases[at];
    if (before < most) this.creases[at] = Math.min(most, before + Math.ceil(most * covered));
  }

  /** A line of some width and opacity. Where lines cross the stronger one shows: they need no order. */
  line(x1: number, y1: number, x2: number, y2: number, width: number, opacity: number): void {
    this.stroke(this.creases, x1, y1, x2, y2, width, opacity);
  }

  /** The casing of a line: it lies under all lines. */
  case(x1: number, y1: number, x2: number, y2: number, width: number, opacity: number): void {
    // A picture without casings does without the memory.
    this.casings ??= new Uint8Array(this.width * this.height);
    this.cased = true;
    this.stroke(this.casings, x1, y1, x2, y2, width, opacity);
  }

  private stroke(
    into: Uint8Array,
    x1: number,
    y1: number,
    x2: number,
    y2: number,
    width: number,
    opacity: number,
  ): void {
    const steep = Math.abs(y2 - y1) > Math.abs(x2 - x1);
    const forward = steep ? y1 <= y2 : x1 <= x2;
    // Along u the line goes one pixel a step, across it along v.
    const u1 = steep ? (forward ? y1 : y2) : forward ? x1 : x2;
    const v1 = steep ? (forward ? x1 : x2) : forward ? y1 : y2;
    const u2 = steep ? (forward ? y2 : y1) : forward ? x2 : x1;
    const v2 = steep ? (forward ? x2 : x1) : forward ? y2 : y1;
    const du = u2 - u1;
    const slope = du > 0 ? (v2 - v1) / du : 0;
    const cosine = 1 / Math.sqrt(1 + slope * slope);
    const reach = width / 2 + HALF_PIXEL;
    const most = Math.min(1, width);
    const alongU = steep ? this.width : 1;
    const alongV = steep ? 1 : this.width;
    const limitU = steep ? this.height : this.width;
    const limitV = steep ? this.width : this.height;
    const first = Math.max(0, Math.floor(u1 - HALF_PIXEL));
    const last = Math.min(limitU - 1, Math.floor(u2 + HALF_PIXEL));
    for (let u = first; u <= last; u++) {
      const centre = u + HALF_PIXEL;
      // Half a pixel beyond its ends, so that lines that meet leave no gap.
      const end = Math.min(centre - u1, u2 - centre) + 1;
      if (end <= 0) continue;
      const full = 255 * opacity * (end < 1 ? end : 1);
      const v = v1 + (centre - u1) * slope;
      const spread = reach / cosine;
      const from = Math.max(0, Math.ceil(v - spread - HALF_PIXEL));
      const to = Math.min(limitV - 1, Math.floor(v + spread - HALF_PIXEL));
      for (let w = from; w <= to; w++) {
        const covered = Math.min(most, reach - Math.abs(w + HALF_PIXEL - v) * cosine);
        const at = u * alongU + w * alongV;
        const value = full * covered;
        if (value > into[at]) into[at] = value;
      }
    }
  }

  /** Writes rows `from … to − 1` of `rgba`: cells, casings over them, and creases in the colour `ink` on top. */
  compose(ink: number, casing: number, from: number, to: number): void {
    const { cells, creases, rgba } = this;
    const casings = this.cased ? this.casings : null;
    const caseR = casing >> 16;
    const caseG = (casing >> 8) & 255;
    const caseB = casing & 255;
    const crumbs = this.crumbled ? this.crumbs : null;
    const inkR = ink >> 16;
    const inkG = (ink >> 8) & 255;
    const inkB = ink & 255;
    for (let at = from * this.width; at < to * this.width; at++) {
      const cell = cells[at];
      const area = crumbs === null ? 0 : crumbs[4 * at];
      const opacity = creases[at] / 255;
      const o = 4 * at;
      if (cell < 0 && area === 0) {
        const under = casings === null ? 0 : (casings[at] / 255) * (1 - opacity);
        const share = under === 0 ? 1 : opacity / (opacity + under);
        rgba[o] = caseR + (inkR - caseR) * share;
        rgba[o + 1] = caseG + (inkG - caseG) * share;
        rgba[o + 2] = caseB + (inkB - caseB) * share;
        rgba[o + 3] = 255 * (opacity + under);
        continue;
      }
      let r = cell >> 16;
      let g = (cell >> 8) & 255;
      let b = cell & 255;
      if (crumbs !== null && area > 0) {
        const share = cell < 0 ? 1 : Math.min(1, area);
        const scale = share / area;
        r = (cell < 0 ? 0 : r * (1 - share)) + crumbs[o + 1] * scale;
        g = (cell < 0 ? 0 : g * (1 - share)) + crumbs[o + 2] * scale;
        b = (cell < 0 ? 0 : b * (1 - share)) + crumbs[o + 3] * scale;
      }
      if (casings !== null) {
        const under = casings[at] / 255;
        r += (caseR - r) * under;
        g += (caseG - g) * under;
        b += (caseB - b) * under;
      }
      rgba[o] = r + (inkR - r) * opacity;
      rgba[o + 1] = g + (inkG - g) * opacity;
      rgba[o + 2] = b + (inkB - b) * opacity;
      rgba[o + 3] = 255;
    }
  }

  private pixel(x: number, y: number): number {
    const column = Math.floor(x);
    const row = Math.floor(y);
    return column >= 0 && column < this.width && row >= 0 && row < this.height
      ? row * this.width + column
      : -1;
  }
}
