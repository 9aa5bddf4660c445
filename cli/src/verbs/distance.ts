import { inputSize } from '../../../src/network/network.ts';
import { nearestCrease } from '../../../src/regions/distance.ts';
import { AT } from './options.ts';
import type { Verb } from './verb.ts';

export const distance: Verb = {
  name: 'distance',
  summary: 'distance to the nearest crease (Hanin & Rolnick 2019); any number of inputs',
  options: [AT],
  prints:
    '{distance, layer, neuron}; hidden layer and neuron count from 0; all null when there is no crease',
  run(net, given) {
    const nearest = nearestCrease(net, given.point(AT.name, inputSize(net)));
    return {
      distance: nearest?.distance ?? null,
      layer: nearest?.layer ?? null,
      neuron: nearest?.neuron ?? null,
    };
  },
};
