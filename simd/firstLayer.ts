// The pre-activations of the first layer. Where points have many coordinates its weights do not stay in the nearest
// cache, so four points share every weight that is read, unless most of their coordinates are zero; and the weights are
// copied to panels of eight neurons, which are read from end to end. As they lie, rows a power of two apart would all
// want the same few lines of the cache.

import { append, existing, firstOffsets, nonZero } from './list';
import { biasesOf, dimensionOf, inputsOf, outputsOf, weightsOf } from './structs';
import { affine } from './sums';

/** Points with fewer coordinates come one at a time: listing those is nothing, and the weights are near. */
const MANY: u32 = 32;

/** Bytes of the eight weights that a panel has of every input. */
const PANEL_BYTES: usize = 32;

/** A panel of the first layer's weights after the other, `[inputs × 8]` each. */
let panels: usize = 0;

/** Points whose sums are worked out already, in the last of four rows at `heads`. */
let waiting: usize = 0;

/**
 * For every new network: makes the panels at `room`, which is for as many weights as the first layer has, its neurons
 * rounded up to a multiple of eight.
 */
export function prepareFirstLayer(layers: usize, parameters: usize, room: usize): void {
  const inputs = inputsOf(layers);
  if (inputs < MANY) return;
  panels = room;
  const weights = weightsOf(layers, parameters);
  const bytes = (<usize>outputsOf(layers)) << 2;
  for (let j: usize = 0; j < bytes; j += PANEL_BYTES) {
    let row = weights + j;
    for (let i: u32 = 0; i < inputs; i++) {
      // What goes past the last neuron ends in sums that nobody reads.
      v128.store(room, v128.load(row));
      v128.store(room, v128.load(row, 16), 16);
      room += PANEL_BYTES;
      row += bytes;
    }
  }
}

/** Before the first point of a chunk. */
export function startFirstLayer(): void {
  waiting = 0;
}

/**
 * z of the first layer's neurons at a point, to `sums`. To be called for one point of a chunk after the other, with how
 * many there are from this one on; `list` has room for the coordinates and `heads` for four rows of `width` numbers.
 */
export function firstLayer(
  job: usize,
  layers: usize,
  parameters: usize,
  point: usize,
  left: u32,
  list: usize,
  heads: usize,
  width: u32,
  sums: usize,
): void {
  const d = dimensionOf(job);
  const outputs = outputsOf(layers);
  const weights = weightsOf(layers, parameters);
  const biases = biasesOf(layers, parameters);
  const rowBytes = (<usize>width) << 2;
  if (waiting === 0 && d >= MANY && left >= 4 && mostlyNotZero(point, d << 2)) {
    const bytes = (<usize>outputs) << 2;
    let panel = panels;
    for (let j: usize = 0; j < bytes; j += PANEL_BYTES) {
      fourPoints(panel, biases + j, point, d << 2, heads + j, rowBytes);
      panel += <usize>d * PANEL_BYTES;
    }
    waiting = 4;
  }
  if (waiting === 0) {
    const end = listPoint(point, d, outputs, list);
    affine(weights, biases, outputs, list, end, sums);
    return;
  }
  const row = heads + (4 - waiting) * rowBytes;
  for (let j: usize = 0, bytes = (<usize>outputs) << 2; j < bytes; j += 16)
    v128.store(sums + j, v128.load(row + j));
  waiting--;
}

/** Lists the coordinates of a point that are not zero as inputs of a layer with `outputs` neurons; ends at the result. */
function listPoint(point: usize, d: u32, outputs: u32, list: usize): usize {
  const step = i32x4.splat(outputs << 4);
  let offsets = firstOffsets(outputs);
  for (let i: u32 = 0; i < d; i += 4) {
    const x = v128.load(point);
    list = append(list, offsets, x, nonZero(x) & existing(d, i));
    offsets = i32x4.add(offsets, step);
    point += 16;
  }
  return list;
}

/** Whether more than half of the coordinates of four points are other than zero. */
function mostlyNotZero(points: usize, pointBytes: usize): bool {
  const zero = f32x4.splat(0);
  const end = points + 4 * pointBytes;
  let count = i32x4.splat(0);
  for (let at = points; at < end; at += 16) count = i32x4.sub(count, f32x4.ne(v128.load(at), zero));
  const sum =
    i32x4.extract_lane(count, 0) +
    i32x4.extract_lane(count, 1) +
    i32x4.extract_lane(count, 2) +
    i32x4.extract_lane(count, 3);
  return <usize>sum * 8 > end - points;
}

/** The neurons of a panel at four points, whose rows of results are `rowBytes` apart. */
function fourPoints(
  panel: usize,
  biases: usize,
  points: usize,
  pointBytes: usize,
  sums: usize,
  rowBytes: usize,
): void {
  let a0 = v128.load(biases);
  let a1 = v128.load(biases, 16);
  let b0 = a0;
  let b1 = a1;
  let c0 = a0;
  let c1 = a1;
  let d0 = a0;
  let d1 = a1;
  let first = points;
  let second = first + pointBytes;
  let third = second + pointBytes;
  let fourth = third + pointBytes;
  const end = second;
  for (; first < end; first += 4) {
    const w0 = v128.load(panel);
    const w1 = v128.load(panel, 16);
    let x = v128.load32_splat(first);
    a0 = f32x4.add(a0, f32x4.mul(w0, x));
    a1 = f32x4.add(a1, f32x4.mul(w1, x));
    x = v128.load32_splat(second);
    b0 = f32x4.add(b0, f32x4.mul(w0, x));
    b1 = f32x4.add(b1, f32x4.mul(w1, x));
    x = v128.load32_splat(third);
    c0 = f32x4.add(c0, f32x4.mul(w0, x));
    c1 = f32x4.add(c1, f32x4.mul(w1, x));
    x = v128.load32_splat(fourth);
    d0 = f32x4.add(d0, f32x4.mul(w0, x));
    d1 = f32x4.add(d1, f32x4.mul(w1, x));
    panel += PANEL_BYTES;
    second += 4;
    third += 4;
    fourth += 4;
  }
  v128.store(sums, a0);
  v128.store(sums, a1, 16);
  v128.store(sums + rowBytes, b0);
  v128.store(sums + rowBytes, b1, 16);
  v128.store(sums + 2 * rowBytes, c0);
  v128.store(sums + 2 * rowBytes, c1, 16);
  v128.store(sums + 3 * rowBytes, d0);
  v128.store(sums + 3 * rowBytes, d1, 16);
}
