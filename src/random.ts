import { randomNormal } from 'd3-random';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import { InputError } from './errors.ts';

/** A random number in [0, 1); the only source of randomness in the engine. */
export type Random = () => number;

/** Random numbers whose place in their sequence can be kept and returned to. */
export interface RandomSequence {
  readonly next: Random;
  /** The place: `randomSequence` continues from it with the same numbers. */
  place(): RandomPlace;
}

/** A place in a sequence of random numbers: four 32-bit words. */
export type RandomPlace = readonly number[];

/**
 * Uniform numbers in [0, 1) with 53 random bits (xoroshiro128+), the same ones for the same seed and stream on
 * every machine. Streams are independent sequences under one seed, so that, say, asking for more data leaves
 * the order of the mini-batches alone. Throws `InputError` unless the seed is a safe integer.
 */
export const createRandom = (seed: number, stream = 0): Random =>
  randomSequence(randomStart(seed, stream)).next;

/** The first place of the sequence that `createRandom` draws from. Throws `InputError` like it. */
export function randomStart(seed: number, stream = 0): RandomPlace {
  if (!Number.isSafeInteger(seed)) throw new InputError('a seed must be a whole number');
  // The generator's own seeding gives neighbouring seeds neighbouring states, which is visible in its first draws.
  let hash = mix(stream ^ 0x9e3779b9);
  hash = mix(hash ^ seed);
  hash = mix(hash ^ Math.floor(seed / 2 ** 32));
  return [1, 2, 3, 4].map((word) => mix(hash + Math.imul(word, 0x9e3779b9)));
}

/** The random numbers from a place on. */
export function randomSequence(place: RandomPlace): RandomSequence {
  const generator = xoroshiro128plusFromState(place);
  return { next: () => uniformFloat64(generator), place: () => generator.getState() };
}

/** Standard normal numbers drawn from `random`. */
export const normal = (random: Random): (() => number) => randomNormal.source(random)(0, 1);

/** Puts `items` in a random order, in place (Fisher–Yates). */
export function shuffle(items: Uint32Array, random: Random): void {
  for (let last = items.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const item = items[last];
    items[last] = items[other];
    items[other] = item;
  }
}

/** MurmurHash3's 32-bit finaliser, a bijection in which every input bit reaches every output bit. */
function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
