import { InputError } from '../../../src/errors.ts';
import { inputSize, type Network } from '../../../src/network/network.ts';
import type { Box, RegionComplex } from '../../../src/regions/complex.ts';
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

/** Throws `InputError` unless the network's input space is the plane. */
export function requirePlane(net: Network): void {
  const inputs = inputSize(net);
  if (inputs !== 2)
    throw new InputError(`this needs a network with 2 inputs, but the network has ${inputs}`);
}

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
  requirePlane(net);
  const maxRegions = maxRegionsOf(given);
  const complex = subdivide(net, box, { maxRegions });
  requireComplete(complex.complete, 'box', maxRegions);
  return complex;
}
