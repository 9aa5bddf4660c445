import { ball } from './ball.ts';
import { bound } from './bound.ts';
import { count } from './count.ts';
import { disc } from './disc.ts';
import { distance } from './distance.ts';
import { line } from './line.ts';
import { picture } from './picture.ts';
import { region } from './region.ts';
import { regions } from './regions.ts';
import { stats } from './stats.ts';
import type { Verb } from './verb.ts';

/** Every verb, in the order in which help lists them. */
export const verbs: readonly Verb[] = [
  count,
  bound,
  ball,
  disc,
  line,
  distance,
  region,
  stats,
  regions,
  picture,
];
