import { DiscCount } from '../../../src/regions/query/disc.ts';
import { QUIET } from '../progress.ts';
import {
  AT,
  MAX_REGIONS,
  maxRegionsOf,
  requireComplete,
  requirePlane,
  SLICE_MS,
} from './options.ts';
import type { Verb } from './verb.ts';

const RADIUS = { name: 'r', value: 'R', help: 'radius of the disc, greater than 0' };

export const disc: Verb = {
  name: 'disc',
  summary: 'count the regions that meet an open disc of the plane',
  options: [AT, RADIUS, MAX_REGIONS, QUIET],
  prints: '{activationRegions, linearRegions}',
  run(net, given, progress) {
    requirePlane(net);
    const [x, y] = given.point(AT.name, 2);
    const radius = given.positive(RADIUS.name);
    const maxRegions = maxRegionsOf(given);
    const work = new DiscCount(net, x, y, radius, { maxRegions });
    while (!work.run(SLICE_MS))
      progress.show(() => `${work.regionsSoFar} regions so far in the square around the disc`);
    const { activationRegions, linearRegions, complete } = work.result();
    requireComplete(complete, 'square around the disc', maxRegions);
    return { activationRegions, linearRegions };
  },
};
