import { forwardWork, type Network } from '../../src/network/network.ts';

/** Points of the first look, which comes with every move of a circle, and of those that follow while nothing moves. */
const STEPS = [2_000, 20_000, 100_000];
/** A point that shows something new is looked at again in 64 bits: about so many forward passes. */
const WORK = 5;
/** Multiply-adds of the first look, where all its points show something new: a fifth of a second. */
const FIRST_WORK = 2e8;
/** Fewer points than this show nothing. */
const FEWEST = 50;

/** How many points are drawn from a circle, look by look; each look begins again with the points of the one before. */
export function sampleSteps(net: Network): number[] {
  const share = Math.min(1, FIRST_WORK / (WORK * forwardWork(net) * STEPS[0]));
  return STEPS.map((samples) => Math.max(FEWEST, round(share * samples)));
}

/** Down to two digits: the number stands before a person. */
function round(samples: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(samples)) - 1);
  return Math.floor(samples / unit) * unit;
}
