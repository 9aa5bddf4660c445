import { checkerboard } from './checkerboard.ts';
import { circle } from './circle.ts';
import type { DatasetKind } from './dataset.ts';
import { gaussians } from './gaussians.ts';
import { moons } from './moons.ts';
import { spiral } from './spiral.ts';
import { xor } from './xor.ts';

/** Every dataset there is, in the order in which they are offered. */
export const datasets: readonly DatasetKind[] = [
  circle,
  xor,
  gaussians,
  spiral,
  moons,
  checkerboard,
];
