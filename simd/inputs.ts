// What the inputs of a layer pass on to it, in lists: a value a, a bound g on its error, for distances and CROWN a third
// number q (an error of the gradient, a size), and which of them bend, or move without a gradient of their own.

import { append, existing, firstOffsets, nonZero } from './list';
import { outputsOf } from './structs';
import { bentList, doubtList, errorList, valueList } from './workspace';

/** Where the lists end. */
export let valueEnd: usize = 0;
export let errorEnd: usize = 0;
export let doubtEnd: usize = 0;
export let bentEnd: usize = 0;

export function empty(): void {
  valueEnd = valueList;
  errorEnd = errorList;
  doubtEnd = doubtList;
  bentEnd = bentList;
}

/** Lists a and g of four inputs, but for those that are zero; `here` are the lanes that exist. */
export function hand(offsets: v128, a: v128, g: v128, here: i32): void {
  valueEnd = append(valueEnd, offsets, a, nonZero(a) & here);
  errorEnd = append(errorEnd, offsets, g, nonZero(g) & here);
}

export function handDoubt(offsets: v128, q: v128, here: i32): void {
  doubtEnd = append(doubtEnd, offsets, q, nonZero(q) & here);
}

/** Lists the lanes `which` among those that bend. */
export function handBent(offsets: v128, which: i32): void {
  bentEnd = append(bentEnd, offsets, f32x4.splat(0), which);
}

/** Lists the coordinates of a point, as inputs of the layer `first`: exact, without errors. */
export function begin(point: usize, d: u32, first: usize): void {
  const step = i32x4.splat(outputsOf(first) << 4);
  let offsets = firstOffsets(outputsOf(first));
  empty();
  for (let i: u32 = 0; i < d; i += 4) {
    const x = v128.load(point);
    valueEnd = append(valueEnd, offsets, x, nonZero(x) & existing(d, i));
    offsets = i32x4.add(offsets, step);
    point += 16;
  }
}
