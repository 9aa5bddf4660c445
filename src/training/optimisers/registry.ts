import type { OptimiserKind } from '../optimiser.ts';
import { adam } from './adam.ts';
import { momentum } from './momentum.ts';
import { sgd } from './sgd.ts';

/** Every optimiser there is, in the order in which they are offered. */
export const optimisers: readonly OptimiserKind[] = [sgd, momentum, adam];
