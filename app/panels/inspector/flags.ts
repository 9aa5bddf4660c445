/** A label that flies from a pole standing at `x`; `width` is the width of its text. */
export interface Flag {
  readonly x: number;
  readonly width: number;
  /** Side taken when both are free. */
  readonly prefer: 'left' | 'right';
}

export interface PlacedFlag {
  /** 0 is the row nearest to the axis. */
  readonly row: number;
  readonly side: 'left' | 'right';
}

const GAP = 6;
/** Least distance between two texts in one row. */
const APART = 10;

/**
 * Rows and sides for a handful of flags over an axis of the given length, such that no two texts overlap, none
 * leaves the axis, and no pole runs through a text if that is possible; among those, the lowest rows. It tries all
 * arrangements (216 for three flags), so equal and nearly equal marks need no rule of their own.
 */
export function placeFlags(flags: readonly Flag[], span: number): PlacedFlag[] {
  const rows = flags.length;
  const choices = rows * 2;
  let best: PlacedFlag[] = [];
  let bestCost = Number.POSITIVE_INFINITY;
  for (let code = 0; code < choices ** flags.length; code++) {
    let rest = code;
    const placed = flags.map((): PlacedFlag => {
      const choice = rest % choices;
      rest = Math.floor(rest / choices);
      return { row: choice >> 1, side: choice & 1 ? 'left' : 'right' };
    });
    const cost = costOf(flags, placed, span);
    if (cost < bestCost) {
      bestCost = cost;
      best = placed;
    }
  }
  return best;
}

function costOf(flags: readonly Flag[], placed: readonly PlacedFlag[], span: number): number {
  const from = placed.map((p, i) => flags[i].x - (p.side === 'left' ? flags[i].width + GAP : 0));
  const to = flags.map((flag, i) => from[i] + flag.width + GAP);
  let cost = 0;
  for (let i = 0; i < flags.length; i++) {
    cost += 100 * (Math.max(0, -from[i]) + Math.max(0, to[i] - span));
    cost += placed[i].row + (placed[i].side === flags[i].prefer ? 0 : 0.1);
    for (let j = 0; j < flags.length; j++) {
      if (i === j) continue;
      if (placed[i].row === placed[j].row && from[i] < to[j] + APART && from[j] < to[i] + APART)
        cost += 1e4;
      const poleCrosses = placed[i].row > placed[j].row && flags[i].x > from[j] + 1;
      if (poleCrosses && flags[i].x < to[j] - 1) cost += 20;
    }
  }
  return cost;
}

/** Exponents of the ticks of an axis from 2⁰ to 2^max: a power-of-two step that gives at most `most` intervals. */
export function powerTicks(max: number, most: number): number[] {
  let step = 1;
  while (max / step > most) step *= 2;
  return Array.from({ length: Math.floor(max / step) + 1 }, (_, i) => i * step);
}
