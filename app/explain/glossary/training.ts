import type { Group } from './entry.ts';

/** The data, and how a network learns from it. */
export const training = {
  samples: {
    term: 'Samples',
    says: 'The points of the data, each with its class; the two classes have equally many, or differ by one.',
    see: ['train-test', 'noise'],
  },
  noise: {
    term: 'Noise',
    says: 'How far each point is moved at random from its place in the ideal shape: along each axis by a normal number whose standard deviation is half of this.',
    formula: tex`\xi_i \sim \mathcal{N}(0,\, \sigma^2), \quad \sigma = \frac{\text{noise}}{2}`,
    where: 'ξ: what is added to the coordinates of a point.',
    see: ['samples', 'data-seed'],
  },
  'training-share': {
    term: 'Training share',
    says: 'The part of the samples that the network learns from; the rest is kept to test it.',
    see: ['train-test', 'samples'],
  },
  'train-test': {
    term: 'Train and test',
    says: 'The network learns from the training points only; the test points show how well it does on points that it has never seen.',
    from: 'goodfellow',
    see: ['loss', 'accuracy', 'training-share'],
  },
  'data-seed': {
    term: 'Data seed',
    says: 'The number from which the random points are drawn and divided: the same seed gives the same data again.',
    see: ['samples', 'weight-seed'],
  },
  loss: {
    term: 'Loss',
    says: 'How wrong the network is, averaged over the points: 0 would be certain and right everywhere, and training makes it smaller.',
    formula: tex`\operatorname{mean}\bigl(\log(1 + e^{f(x)}) - y\, f(x)\bigr)`,
    where: 'f: the output, y: the class of the point, 0 or 1. L1 and L2 are not included.',
    from: 'goodfellow',
    see: ['accuracy', 'train-test', 'output'],
  },
  accuracy: {
    term: 'Accuracy',
    says: 'The share of the points whose class the network gets right.',
    see: ['loss', 'train-test'],
  },
  'mean-C': {
    term: 'Mean C',
    says: 'The average of C over all circles on the map, step by step.',
    from: 'zhu',
    see: ['C', 'two-to-the-C'],
  },
  step: {
    term: 'Step',
    says: 'One change of all weights, made after a look at one batch of training points.',
    see: ['epoch', 'batch-size', 'learning-rate'],
  },
  epoch: {
    term: 'Epoch',
    says: 'One pass through all training points, in as many steps as there are batches.',
    see: ['step', 'batch-size'],
  },
  speed: {
    term: 'Speed',
    says: 'How many training steps are taken from one picture to the next; more of them save time, and the network becomes the same.',
    see: ['step'],
  },
  optimiser: {
    term: 'Optimiser',
    says: 'The rule that turns the gradient of the loss into a change of the weights.',
    see: ['sgd', 'momentum', 'adam', 'learning-rate'],
  },
  sgd: {
    term: 'SGD',
    says: 'Stochastic gradient descent: every step goes straight downhill on the loss of one batch.',
    formula: tex`\theta \leftarrow \theta - \eta\, g`,
    where: 'θ: the weights, η: the learning rate, g: the gradient of the loss.',
    from: 'robbins',
    see: ['momentum', 'adam', 'optimiser'],
  },
  momentum: {
    term: 'Momentum',
    says: 'Gradient descent that keeps nine tenths of its speed from step to step, like a heavy ball that rolls downhill.',
    formula: tex`v \leftarrow 0.9\, v + g, \qquad \theta \leftarrow \theta - \eta\, v`,
    where: 'θ: the weights, η: the learning rate, g: the gradient of the loss.',
    from: 'polyak',
    see: ['sgd', 'adam', 'optimiser'],
  },
  adam: {
    term: 'Adam',
    says: 'Momentum with a step size of its own for every weight: smaller where its gradient has been large.',
    formula: tex`\theta \leftarrow \theta - \eta\, \frac{m}{\sqrt{v} + \varepsilon}`,
    where:
      'm and v: running means of the gradient and of its square, corrected for the start; η: the learning rate.',
    from: 'kingma',
    see: ['momentum', 'sgd', 'optimiser'],
  },
  'learning-rate': {
    term: 'Learning rate',
    says: 'How far one step goes: too small and training takes very long, too large and it jumps about or diverges.',
    formula: tex`\eta \quad \text{in} \quad \theta \leftarrow \theta - \eta\, g`,
    from: 'goodfellow',
    see: ['optimiser', 'diverged'],
  },
  'batch-size': {
    term: 'Batch size',
    says: 'How many training points are averaged for one step: fewer make steps quicker and rougher.',
    from: 'goodfellow',
    see: ['step', 'epoch'],
  },
  L1: {
    term: 'L1',
    says: 'Adds the sum of the sizes of all weights, times this number, to what training makes small: weights that help little go towards 0.',
    formula: tex`\lambda_1 \sum |w|`,
    where: 'Over all weights; biases are left out.',
    from: 'goodfellow',
    see: ['L2', 'loss'],
  },
  L2: {
    term: 'L2',
    says: 'Adds half the sum of the squares of all weights, times this number, to what training makes small: large weights shrink most.',
    formula: tex`\tfrac{1}{2}\,\lambda_2 \sum w^2`,
    where: 'Over all weights; biases are left out.',
    from: 'goodfellow',
    see: ['L1', 'loss'],
  },
  diverged: {
    term: 'Diverged',
    says: 'Training ran away: the next step would have made a weight or the loss too large to compute with, so it stopped before that step.',
    see: ['learning-rate', 'loss'],
  },
  'dead-network': {
    term: 'Dead network',
    says: 'At every training point some layer is off as a whole, so the output does not depend on the input there, and nothing up to that layer can learn.',
    from: 'lu',
    see: ['dead-neuron', 'leaky-relu', 'learning-rate'],
  },
  'dead-neuron': {
    term: 'Dead neuron',
    says: 'A ReLU neuron that is off at every training point: its gradient is 0 there, so the data do not change it.',
    from: 'lu',
    see: ['dead-network', 'leaky-relu'],
  },
} as const satisfies Group;
