import { discRegions } from '../../../src/regions/query/disc.ts';
import { checkPlane } from '../../../src/regions/subdivide/domain.ts';
import { AT, MAX_REGIONS, maxRegionsOf, requireComplete } from './options.ts';
import type { Verb } from './verb.ts';

const RADIUS = { name: 'r', value: 'R', help: 'radius of the disc, greater than 0' };

export const disc: Verb = {
  name: 'disc',
  summary: 'count the regions that meet an open disc of the plane',
  options: [AT, RADIUS, MAX_REGIONS],
  prints: '{activationRegions, linearRegions}',
  run(net, given) {
    checkPlane(net);
    const [x, y] = given.point(AT.name, 2);
    const radius = given.positive(RADIUS.name);
    const maxRegions = maxRegionsOf(given);
    const { activationRegions, linearRegions, complete } = discRegions(net, x, y, radius, {
      maxRegions,
    });
    requireComplete(complete, 'square around the disc', maxRegions);
    return { activationRegions, linearRegions };
  },
};
