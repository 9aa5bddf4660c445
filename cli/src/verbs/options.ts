import { InputError } from '../../../src/errors.ts';
import type { Network } from '../../../src/network/network.ts';
import type { Box, RegionComplex } from '../../../src/regions/complex.ts';
import { checkPlane } from '../../../src/regions/domain.ts';
import { DEFAULT_MAX_REGIONS, subdivide } from '../../../src/regions/subdivide.ts';
import type { Arguments, OptionSpec } from '../options.ts';

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

/** The limit a person set, or the usual one. */
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

/** All regions in `box`; throws `InputError` when they are more than the limit. */
export function allRegions(net: Network, box: Box, given: Arguments): RegionComplex {
  checkPlane(net);
  const maxRegions = maxRegionsOf(given);
  const complex = subdivide(net, box, { maxRegions });
  requireComplete(complex.complete, 'box', maxRegions);
  return complex;
}
