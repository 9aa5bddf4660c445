import { LineWalk } from '../../../src/regions/query/line.ts';
import { QUIET } from '../progress.ts';
import { SLICE_MS } from './options.ts';
import type { Verb } from './verb.ts';

const FROM = { name: 'from', value: 'x,y[,…]', help: 'where the segment starts' };
const TO = { name: 'to', value: 'x,y[,…]', help: 'where it ends' };

export const line: Verb = {
  name: 'line',
  summary: 'count the regions along an open segment; any number of inputs',
  options: [FROM, TO, QUIET],
  prints:
    '{activationRegions, linearRegions, crossings}; crossings are in (0, 1), 0 at --from, 1 at --to',
  run(net, given, progress) {
    const dimension = net.inputs;
    const from = given.point(FROM.name, dimension);
    const to = given.point(TO.name, dimension);
    const walk = new LineWalk(net, from, to);
    while (!walk.run(SLICE_MS))
      progress.show(
        () => `${walk.regionsSoFar} regions so far, ${Math.floor(100 * walk.progress)} % done`,
      );
    const { activationRegions, linearRegions, crossings } = walk.result();
    return { activationRegions, linearRegions, crossings };
  },
};
