import { InputError } from '../../../src/errors.ts';
import type { Model } from '../../../src/model/model.ts';
import type { Box, RegionComplex } from '../../../src/regions/complex/complex.ts';
import { checkPlane } from '../../../src/regions/subdivide/domain.ts';
import { DEFAULT_MAX_REGIONS, Subdivision } from '../../../src/regions/subdivide/subdivide.ts';
import type { Arguments, OptionSpec } from '../options.ts';
import { type Progress, QUIET } from '../progress.ts';

export const AT: OptionSpec = {
  name: 'at',
  value: 'x,y[,…]',
  help: 'the point, one coordinate per input',
};

export const BOX: OptionSpec = {
  name: 'box',
  value: 'xmin,xmax,ymin,ymax',
  help: 'the part of the plane to look at (-1,1,-1,1)',
};

export const MAX_REGIONS: OptionSpec = {
  name: 'max-regions',
  value: 'N',
  help: `give up beyond N activation regions (${DEFAULT_MAX_REGIONS})`,
};

/** What `allRegions` reads. */
export const ALL_REGIONS: readonly OptionSpec[] = [BOX, MAX_REGIONS, QUIET];

/** Work between two looks at the clock. */
export const SLICE_MS = 100;

/** The limit that the user set, or the default. */
export const maxRegionsOf = (given: Arguments): number =>
  given.limit(MAX_REGIONS.name, DEFAULT_MAX_REGIONS);

/** Throws `InputError` when the limit on regions stopped the work: a partial count would mislead. */
export function requireComplete(complete: boolean, place: string, maxRegions: number): void {
  if (complete) return;
  const regions = maxRegions === 1 ? 'activation region' : 'activation regions';
  throw new InputError(
    `the ${place} holds more than ${maxRegions} ${regions}: make it smaller or raise --${MAX_REGIONS.name}`,
  );
}

/**
 * Throws `InputError` unless the network's input is a point of the plane; the message names the verbs that take one
 * input.
 */
export function requirePlane(net: Model): void {
  if (net.inputs === 1)
    throw new InputError(
      'this needs a network with 2 inputs, but the network has 1: count --box min,max and line take it',
    );
  checkPlane(net);
}

/** All regions in `box`; throws `InputError` when they are more than the limit. */
export function allRegions(
  net: Model,
  box: Box,
  given: Arguments,
  progress: Progress,
): RegionComplex {
  requirePlane(net);
  const maxRegions = maxRegionsOf(given);
  const work = new Subdivision(net, box, { maxRegions });
  while (!work.run(SLICE_MS))
    progress.show(
      () => `${work.regionsSoFar} regions so far, ${Math.floor(100 * work.progress)} % done`,
    );
  const complex = work.result();
  requireComplete(complex.complete, 'box', maxRegions);
  progress.show(() => `${complex.faceCount} regions, merging those that share an affine map`);
  return complex;
}
