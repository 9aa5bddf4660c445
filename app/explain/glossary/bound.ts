import type { Group } from './entry.ts';

/** Algorithm 1 in a circle: its letters, its bound, and what is compared with it. */
export const bound = {
  A: {
    term: 'A',
    says: 'The pre-activation of the neuron at the centre of the circle: above 0 the neuron is on there.',
    formula: tex`A_j = z_j(x)`,
    from: 'zhu',
    see: ['pre-activation', 'L', 'U-raw'],
  },
  L: {
    term: 'L',
    says: 'The gradient of what the inputs with P = 0 add to the pre-activation: its length times the radius is how far they can move it in the circle.',
    formula: tex`L_j = \sum_{P_i = 0} W_{ji}\, L_i`,
    where:
      'i: the neurons of the layer before, which pass on 0 where they are off under ReLU; the L of an input of the network is the direction of its axis.',
    from: 'zhu',
    see: ['A', 'U-raw', 'P'],
  },
  'U-loc': {
    term: 'U_loc',
    says: 'How far the inputs with P = 1 can move the pre-activation in the circle, at most: each by its own U, times the size of its weight.',
    formula: tex`U^{\text{loc}}_j = \sum_{P_i = 1} |W_{ji}|\, U_i`,
    where: 'i: the neurons of the layer before.',
    from: 'zhu',
    see: ['U-raw', 'U', 'P'],
  },
  'U-raw': {
    term: 'U_raw',
    says: 'How far the pre-activation of the neuron can move, at most, while the point moves anywhere in the circle: half the length of its bar.',
    formula: tex`U^{\text{raw}}_j = r\,\lVert L_j \rVert_2 + U^{\text{loc}}_j`,
    where: 'r: the radius of the circle; of L, the length is taken.',
    from: 'zhu',
    see: ['A', 'L', 'U-loc', 'U', 'undecided'],
  },
  U: {
    term: 'U',
    says: 'How far the output of the neuron can move, at most, while the point moves anywhere in the circle; U_raw is the same for its pre-activation.',
    formula: tex`|h_j(x') - h_j(x)| \le U_j`,
    where: 'x: the centre, x′: any point of the circle, h: the output of the neuron.',
    from: 'zhu',
    see: ['A', 'U-raw', 'P'],
  },
  P: {
    term: 'P',
    says: '0 if the output of the neuron is proved to be one affine function in the whole circle, 1 if it may have a bend there.',
    from: 'zhu',
    see: ['affine-map', 'U', 'S'],
  },
  S: {
    term: 'S',
    says: '0 if the neuron is proved to keep its sign in the whole circle, 1 if it is undecided; the sum of all S is C.',
    from: 'zhu',
    see: ['undecided', 'C'],
  },
  C: {
    term: 'C',
    says: 'The number of undecided neurons in the circle: each of them at most doubles the number of regions, and no other neuron adds any.',
    formula: tex`C = \sum_j S_j`,
    from: 'zhu',
    see: ['undecided', 'two-to-the-C', 'algorithm-1'],
  },
  'two-to-the-C': {
    term: 'The bound 2^C',
    says: 'No more activation regions than this meet the circle: C undecided neurons have 2^C patterns of on and off, and all others keep theirs.',
    formula: tex`\#\text{regions} \le 2^C`,
    where:
      'Few of these patterns may occur: a crease doubles the regions only if it cuts every one in two, and n straight lines cut the plane into at most 1 + n + n(n−1)/2 pieces, not 2ⁿ.',
    from: 'zhu',
    see: ['C', 'zaslavsky', 'looseness'],
  },
  zaslavsky: {
    term: 'Zaslavsky’s product',
    says: 'A bound that is never above 2^C: in each layer n undecided neurons cut a piece of the plane into at most 1 + n + n(n−1)/2 parts, and these numbers are multiplied.',
    formula: tex`\prod_k \left(1 + C_k + \tfrac12 C_k (C_k - 1)\right) \;\le\; 2^C`,
    where:
      'k: the hidden layers, C with index k: the undecided neurons of layer k. This is for a plane; with more inputs the sum goes on.',
    from: 'zaslavsky',
    see: ['two-to-the-C', 'looseness'],
  },
  'bound-method': {
    term: 'Bound by',
    says: 'The method that decides which neurons may switch in the circle; all of them are proved, and slower ones mostly leave fewer neurons undecided.',
    see: ['algorithm-1', 'algorithm-1-plus', 'interval-propagation', 'zonotope', 'crown'],
  },
  'algorithm-1': {
    term: 'Algorithm 1',
    says: 'Goes through the network once, layer by layer, and marks each neuron that it cannot prove to keep its sign in the circle.',
    from: 'zhu',
    see: ['C', 'A', 'U', 'P', 'S'],
  },
  'algorithm-1-plus': {
    term: 'Algorithm 1+',
    says: 'Our variant of Algorithm 1: it also remembers in which direction an undecided neuron can move, and is never looser.',
    see: ['algorithm-1', 'looseness'],
  },
  'interval-propagation': {
    term: 'Interval propagation',
    says: 'Gives each neuron an interval that its pre-activation cannot leave, from the intervals of the layer before, as if those moved independently.',
    formula: tex`\begin{aligned} l &= W^+ p + W^- q + b \\ u &= W^+ q + W^- p + b \end{aligned}`,
    where:
      'p and q: least and largest outputs of the layer before; W⁺, W⁻: positive and negative weights.',
    from: 'ibp',
    see: ['zonotope', 'crown'],
  },
  zonotope: {
    term: 'Zonotope',
    says: 'Describes all neurons by the same few unknowns of limited size, so that it knows which of them rise and fall together.',
    formula: tex`z = c + G\varepsilon + He, \quad |e_m| \le 1`,
    where:
      'c: the value at the centre, ε: the way from there to the point, of length r at most, e: one unknown for each undecided neuron.',
    from: 'deepz',
    see: ['interval-propagation', 'crown'],
  },
  crown: {
    term: 'CROWN',
    says: 'Puts each undecided neuron between two straight lines and follows them back to the input, which gives tight intervals for the layers behind it.',
    formula: tex`\alpha z \;\le\; \max(z, 0) \;\le\; \frac{u\,(z - l)}{u - l}`,
    where: 'l < 0 < u: the interval of the pre-activation z; α is 1 where u ≥ −l, else 0.',
    from: 'crown',
    see: ['interval-propagation', 'zonotope'],
  },
  looseness: {
    term: 'Looseness',
    says: 'The bound divided by the true number of regions in the circle; the bound is tight if the two are equal.',
    formula: tex`\frac{2^C}{\#\text{regions}}`,
    where:
      'It has two causes: false alarms, and creases that do not cut every region in two, although each doubles the bound.',
    see: ['two-to-the-C', 'false-alarm', 'zaslavsky'],
  },
  'bar-scale': {
    term: 'Scale of the bars',
    says: 'The number after ± says where the axis of a layer ends: in the middle is 0, and each bar goes from the least to the greatest pre-activation that Algorithm 1 allows.',
    formula: tex`A_j - U^{\text{raw}}_j \;\ldots\; A_j + U^{\text{raw}}_j`,
    where: 'A bar that would go on ends in an arrow.',
    see: ['pre-activation', 'A', 'U-raw', 'undecided'],
  },
  undecided: {
    term: 'Undecided',
    says: 'A neuron whose sign the method cannot settle: as far as it knows, the neuron may be on at one point of the circle and off at another.',
    formula: tex`A_j - U^{\text{raw}}_j \le 0 \le A_j + U^{\text{raw}}_j`,
    where:
      'U_raw: how far the pre-activation can move; the two ends are those of the neuron’s bar. This is the test of Algorithm 1.',
    from: 'zhu',
    see: ['U-raw', 'switches', 'false-alarm', 'C'],
  },
  'surely-on': {
    term: 'Surely on',
    says: 'A neuron that is proved to be on in the whole circle: its pre-activation stays above 0, and it has no crease there.',
    see: ['undecided', 'surely-off'],
  },
  'surely-off': {
    term: 'Surely off',
    says: 'A neuron that is proved to be off in the whole circle: its pre-activation never gets above 0, and it has no crease there.',
    see: ['undecided', 'surely-on'],
  },
  switches: {
    term: 'Switches',
    says: 'A neuron switches in the circle if its pre-activation is above 0 at some points of it and below 0 at others: its crease runs through the circle.',
    see: ['crease', 'undecided', 'false-alarm'],
  },
  'false-alarm': {
    term: 'False alarm',
    says: 'An undecided neuron that in truth never switches in the circle: it doubles the bound and adds no region.',
    see: ['undecided', 'switches', 'looseness'],
  },
  'at-least': {
    term: 'At least',
    says: 'A lower bound: so many regions were found, and there may be more.',
    see: ['sampling', 'exact'],
  },
  sampling: {
    term: 'Sampling',
    says: 'Points are drawn at random from the circle, and each new pattern of on and off proves one more region; a region that no point hits is missed.',
    see: ['at-least', 'activation-pattern'],
  },
} as const satisfies Group;
