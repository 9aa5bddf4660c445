import { he } from './he.ts';
import type { InitialiserKind } from './initialiser.ts';
import { lecun } from './lecun.ts';
import { orthogonal } from './orthogonal.ts';
import { sawtooth } from './sawtooth.ts';
import { uniform } from './uniform.ts';
import { xavier } from './xavier.ts';

/** Every initialiser there is, in the order in which they are offered. */
export const initialisers: readonly InitialiserKind[] = [
  he,
  uniform,
  xavier,
  lecun,
  orthogonal,
  sawtooth,
];
