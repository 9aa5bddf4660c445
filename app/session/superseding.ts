import type { Patience } from '../../src/jobs/latest.ts';

/** Why newer work is wanted: a person changed something, or the network learned. */
export type Cause = 'change' | 'training';

const AT_ONCE = 0;
const NEVER = Number.POSITIVE_INFINITY;
/** While a person drags, what takes no longer than this is worth seeing although things have moved on. */
const WORTH_MS = 250;

/**
 * When a newer request cancels work of its kind that is under way: at once, after so many milliseconds of work, or never;
 * then the newer one waits, and only the newest of those that wait is done. Training is separate: `start`, `play`,
 * `advance` and `pause` cancel each other at once.
 */
export const SUPERSEDED = {
  picture: { change: AT_ONCE, training: NEVER },
  /** Bounds and exact counts of the circles. */
  circles: { change: WORTH_MS, training: NEVER },
  /** Any field is better than none, but a finer one is of no use when things move. */
  field: { change: WORTH_MS, training: NEVER },
  finerField: { change: AT_ONCE, training: AT_ONCE },
  /** The regions in the charts' square, or in that of an embed. */
  boxCount: { change: AT_ONCE, training: NEVER },
  samples: { change: NEVER, training: NEVER },
  moreSamples: { change: AT_ONCE, training: AT_ONCE },
  ladder: { change: NEVER, training: NEVER },
  slowLadder: { change: AT_ONCE, training: AT_ONCE },
  overview: { change: NEVER, training: NEVER },
} as const satisfies Record<string, Patience<Cause>>;

/** A kind of work of which only the newest result matters. */
export type Kind = keyof typeof SUPERSEDED;
