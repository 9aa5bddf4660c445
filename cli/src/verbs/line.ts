import { inputSize } from '../../../src/network/network.ts';
import { lineCrossings } from '../../../src/regions/query/line.ts';
import type { Verb } from './verb.ts';

const FROM = { name: 'from', value: 'x,y[,…]', help: 'where the segment starts' };
const TO = { name: 'to', value: 'x,y[,…]', help: 'where it ends' };

export const line: Verb = {
  name: 'line',
  summary: 'count the regions along an open segment; any number of inputs',
  options: [FROM, TO],
  prints:
    '{activationRegions, linearRegions, crossings}; crossings are in (0, 1), 0 at --from, 1 at --to',
  run(net, given) {
    const dimension = inputSize(net);
    const from = given.point(FROM.name, dimension);
    const to = given.point(TO.name, dimension);
    const { activationRegions, linearRegions, crossings } = lineCrossings(net, from, to);
    return { activationRegions, linearRegions, crossings };
  },
};
