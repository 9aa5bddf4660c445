import { nearestAlong } from '../../../src/regions/query/direction.ts';
import { nearestCrease } from '../../../src/regions/query/distance.ts';
import { AT } from './options.ts';
import type { Verb } from './verb.ts';

const DIRECTION = {
  name: 'direction',
  value: 'u,v[,…]',
  help: 'look only along the ray from the point in this direction',
};

export const distance: Verb = {
  name: 'distance',
  summary: 'distance to the nearest crease (Hanin & Rolnick 2019); any number of inputs',
  options: [AT, DIRECTION],
  prints:
    '{distance, layer, neuron}; hidden layer and neuron count from 0; all null when there is no crease',
  run(net, given) {
    const dimension = net.inputs;
    const point = given.point(AT.name, dimension);
    const nearest = given.has(DIRECTION.name)
      ? nearestAlong(net, point, given.point(DIRECTION.name, dimension))
      : nearestCrease(net, point);
    return {
      distance: nearest?.distance ?? null,
      layer: nearest?.layer ?? null,
      neuron: nearest?.neuron ?? null,
    };
  },
};
