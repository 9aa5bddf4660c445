import type { Group } from './entry.ts';

/** What the map shows: regions, and what makes them. */
export const regions = {
  region: {
    term: 'Region',
    says: 'A piece of the plane on which the network is one affine map; this page counts two kinds, activation regions and linear regions.',
    from: 'patterns',
    see: ['activation-region', 'linear-region', 'affine-map'],
  },
  'activation-region': {
    term: 'Activation region',
    says: 'All points at which the same neurons are on and the same are off: on the map it is a convex polygon.',
    from: 'patterns',
    see: ['activation-pattern', 'linear-region', 'crease'],
  },
  'in-view': {
    term: 'In view',
    says: 'Counted in the part of the plane that the map shows, so it changes with the zoom and with the shape of the window; the chart counts in a fixed square instead.',
    see: ['regions-in-the-square', 'activation-region', 'meets'],
  },
  'regions-in-the-square': {
    term: 'Regions in the square',
    says: 'The chart counts in the fixed square that its title names, outlined on the map while this card is open, so that zooming and the shape of the window change nothing.',
    see: ['in-view', 'activation-region', 'linear-region'],
  },
  'linear-region': {
    term: 'Linear region',
    says: 'Neighbouring activation regions with the same affine map, taken together: often a single one, but more where a crease changes nothing in the output.',
    from: 'complexity',
    see: ['activation-region', 'affine-map'],
  },
  crease: {
    term: 'Crease',
    says: 'The points at which the pre-activation of one neuron changes its sign: a straight line for a neuron of the first layer, bent lines for a deeper one.',
    formula: tex`z_j(x) = 0`,
    from: 'complexity',
    see: ['pre-activation', 'activation-region'],
  },
  'activation-pattern': {
    term: 'Activation pattern',
    says: 'One bit for each hidden neuron, 1 where it is on and 0 where it is off; every activation region has its own.',
    formula: tex`s_j = 1 \text{ if } z_j > 0, \text{ else } 0`,
    from: 'patterns',
    see: ['activation-region', 'pre-activation'],
  },
  'pre-activation': {
    term: 'Pre-activation',
    says: 'What a neuron receives: a weighted sum of the layer before, plus its bias; the neuron is on where this is above 0.',
    formula: tex`z_j = b_j + \sum_i W_{ji}\, h_i`,
    where: 'W: weights, b: bias, h: outputs of the layer before.',
    see: ['relu', 'crease', 'activation-pattern'],
  },
  'affine-map': {
    term: 'Affine map',
    says: 'A linear map plus a constant: inside one region each output rises and falls along a plane, with this gradient and this offset.',
    formula: tex`f(x) = A x + b`,
    see: ['linear-region', 'output'],
  },
  output: {
    term: 'Output (logit)',
    says: 'The number that the network computes for a point: above 0 it says class 1, otherwise class 0, and further from 0 it is more certain.',
    formula: tex`p(\text{class } 1) = \frac{1}{1 + e^{-f(x)}}`,
    from: 'goodfellow',
    see: ['decision-boundary', 'loss'],
  },
  'decision-boundary': {
    term: 'Decision boundary',
    says: 'Where the output is 0: the network says class 1 on one side of this line and class 0 on the other.',
    formula: tex`f(x) = 0`,
    see: ['output'],
  },
  insphere: {
    term: 'Insphere',
    says: 'The largest circle that fits into a region, or into the part of it that is in view; it is dashed on the map.',
    formula: tex`\max_{x}\ \min_j\ \frac{|z_j(x)|}{\lVert \nabla z_j(x) \rVert}`,
    where: 'x: a point of the region, z: the pre-activations that are not constant there.',
    from: 'empirical',
    see: ['distance', 'crease'],
  },
  neighbours: {
    term: 'Neighbours',
    says: 'The regions on the other side of an edge of this one; regions that share only a corner with it do not count.',
    see: ['activation-region', 'area'],
  },
  area: {
    term: 'Area',
    says: 'The area of the polygon, measured on the scale of the axes; where the view cuts the polygon, it is the area of the part in view.',
    see: ['neighbours', 'insphere'],
  },
  distance: {
    term: 'Distance to the nearest crease',
    says: 'How far a point can move in any direction before the first neuron switches.',
    formula: tex`d(x) = \min_j \frac{|z_j(x)|}{\lVert \nabla z_j(x) \rVert}`,
    where: 'Over all hidden neurons whose pre-activation z is not constant near x.',
    from: 'complexity',
    see: ['crease', 'insphere', 'C'],
  },
  exact: {
    term: 'Exact',
    says: 'Counted one by one: where rounding could decide wrongly, whole numbers decide instead, so that no region is missed or counted twice.',
    see: ['at-least', 'meets'],
  },
  meets: {
    term: 'Meets the circle',
    says: 'A region meets the circle if a part of it lies inside; one that only touches the rim from outside does not count.',
    see: ['exact', 'two-to-the-C'],
  },
  field: {
    term: 'Colour by',
    says: 'What the colours of the map show: a colour for every region, or a number for every pixel, namely the output, C in a circle around it, or the distance to a crease.',
    see: ['activation-region', 'output', 'C', 'distance'],
  },
  'under-a-pixel': {
    term: 'Under a pixel',
    says: 'Regions smaller than a pixel of the map: they are not outlined, and the pixel has their mean colour, until you zoom in.',
    see: ['activation-region'],
  },
} as const satisfies Group;
