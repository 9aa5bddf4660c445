import type { Group } from './entry.ts';

/** The network: its layers, its activation, and the weights it starts with. */
export const network = {
  'hidden-layer': {
    term: 'Hidden layer',
    says: 'A row of neurons between input and output: each one takes a weighted sum of the layer before, adds its bias and applies the activation.',
    formula: tex`h^{(k)} = \sigma\bigl(W^{(k)} h^{(k-1)} + b^{(k)}\bigr)`,
    where: 'h: outputs of the layers, W: weights, b: biases, σ: the activation.',
    from: 'goodfellow',
    see: ['pre-activation', 'relu', 'crease'],
  },
  relu: {
    term: 'ReLU',
    says: 'The activation that lets positive numbers pass and makes negative ones 0; its bend at 0 is what makes the creases.',
    formula: tex`\sigma(z) = \max(z, 0)`,
    from: 'nair',
    see: ['leaky-relu', 'crease'],
  },
  'leaky-relu': {
    term: 'Leaky ReLU',
    says: 'ReLU that lets negative numbers through as well, made smaller by a slope between 0 and 1, so that no neuron falls silent.',
    formula: tex`\sigma(z) = \max(z,\, s z)`,
    where: 's: the negative slope.',
    from: 'maas',
    see: ['relu', 'dead-neuron'],
  },
  initialiser: {
    term: 'Initialiser',
    says: 'The rule that makes the first weights, before any training; most draw them at random, smaller where layers are wider.',
    where:
      'The biases of hidden layers are drawn too: with biases of 0 all creases of the first layer would meet in one point.',
    see: ['he', 'he-uniform', 'xavier', 'lecun', 'orthogonal', 'sawtooth', 'weight-seed'],
  },
  he: {
    term: 'He normal',
    says: 'Draws weights from a normal distribution with a variance that keeps signals equally strong from layer to layer under ReLU.',
    formula: tex`w \sim \mathcal{N}(0,\, 2 / n_{\text{in}})`,
    where: 'n in: number of inputs of the layer.',
    from: 'he',
    see: ['he-uniform', 'xavier', 'initialiser'],
  },
  'he-uniform': {
    term: 'He uniform',
    says: 'Draws weights evenly from an interval, with the same variance as He normal.',
    formula: tex`w \sim \mathcal{U}\left(-\sqrt{6 / n_{\text{in}}},\, \sqrt{6 / n_{\text{in}}}\right)`,
    where: 'n in: number of inputs of the layer.',
    from: 'he',
    see: ['he', 'initialiser'],
  },
  xavier: {
    term: 'Xavier normal',
    says: 'Draws weights from a normal distribution with a variance that is a compromise between signals forward and gradients backward.',
    formula: tex`w \sim \mathcal{N}(0,\, 2 / (n_{\text{in}} + n_{\text{out}}))`,
    where: 'n in and n out: number of inputs and of outputs of the layer.',
    from: 'glorot',
    see: ['he', 'lecun', 'initialiser'],
  },
  lecun: {
    term: 'LeCun normal',
    says: 'Draws weights from a normal distribution with half the variance of He normal.',
    formula: tex`w \sim \mathcal{N}(0,\, 1 / n_{\text{in}})`,
    where: 'n in: number of inputs of the layer.',
    from: 'lecun',
    see: ['he', 'xavier', 'initialiser'],
  },
  orthogonal: {
    term: 'Orthogonal',
    says: 'Draws a random matrix whose rows, or columns if they are fewer, are at right angles to each other and all of length √2.',
    from: 'saxe',
    see: ['he', 'initialiser'],
  },
  sawtooth: {
    term: 'Sawtooth',
    says: 'Built instead of drawn: each layer folds the plane once more, so that few neurons make very many regions.',
    formula: tex`t(u) = 1 - 2|u|, \qquad t \circ t \circ \dots \circ t`,
    where: 'u: a coordinate of the plane; every layer applies t once more.',
    from: 'telgarsky',
    see: ['linear-region', 'initialiser'],
  },
  'weight-seed': {
    term: 'Weight seed',
    says: 'The number from which the random first weights are drawn: the same seed gives the same network again.',
    see: ['initialiser', 'data-seed'],
  },
  backend: {
    term: 'Backend',
    says: 'What computes the colours and the bounds: the graphics card (WebGPU), the processor with SIMD, or plain 64-bit arithmetic; they differ in speed, and hardly in what they show.',
    see: ['exact'],
  },
} as const satisfies Group;
