import type { LayerMaps } from '../maps/layerMaps.ts';

/**
 * Checks the neurons `from … to − 1` of a layer on a box around (cx, cy): sets the bits of those that are positive
 * throughout, in the pattern that starts at word `at`, where the layer starts at bit `offset`, and lists those that may
 * take both signs. Bits of neurons with slope 1 are set before.
 *
 * @returns how many are listed
 */
export function screen(
  maps: LayerMaps,
  layer: number,
  cx: number,
  cy: number,
  halfX: number,
  halfY: number,
  from: number,
  to: number,
  patterns: Uint32Array,
  at: number,
  offset: number,
  lists: Int32Array,
): number {
  const a = maps.a[layer];
  const b = maps.b[layer];
  const c = maps.c[layer];
  const near = maps.rounding.near(layer);
  const creased = maps.creased[layer];
  let place = at + ((offset + from) >>> 5);
  let bit = (offset + from) & 31;
  let word = patterns[place];
  let listed = 0;
  for (let j = from; j < to; j++) {
    const aj = a[j];
    const bj = b[j];
    const middle = aj * cx + bj * cy + c[j];
    const reach = Math.abs(aj) * halfX + Math.abs(bj) * halfY + near[j];
    if (middle > reach) word |= 1 << bit;
    // Written so that a number out of range keeps the neuron.
    else if (!(middle < -reach) && creased[j] === 1) lists[listed++] = j;
    if (++bit === 32) {
      patterns[place++] = word;
      bit = 0;
      word = patterns[place];
    }
  }
  if (bit !== 0) patterns[place] = word;
  return listed;
}

/** The same from the result of `LayerMaps.sidesOf`. */
export function sort(
  sides: Int32Array,
  creased: Uint8Array,
  from: number,
  to: number,
  patterns: Uint32Array,
  at: number,
  offset: number,
  lists: Int32Array,
): number {
  let listed = 0;
  for (let w = from >>> 5; 32 * w < to; w++) {
    let asked = -1;
    if (32 * w < from) asked &= -1 << (from - 32 * w);
    if (to - 32 * w < 32) asked &= (1 << (to - 32 * w)) - 1;
    const positive = sides[2 * w] & asked;
    const shift = (offset + 32 * w) & 31;
    const place = at + ((offset + 32 * w) >>> 5);
    patterns[place] |= positive << shift;
    // A layer may begin within a word.
    const rest = shift === 0 ? 0 : positive >>> (32 - shift);
    if (rest !== 0) patterns[place + 1] |= rest;
    let open = sides[2 * w + 1] & asked;
    while (open !== 0) {
      const j = 32 * w + 31 - Math.clz32(open & -open);
      open &= open - 1;
      if (creased[j] === 1) lists[listed++] = j;
    }
  }
  return listed;
}
