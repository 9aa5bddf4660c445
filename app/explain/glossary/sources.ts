export interface Source {
  /** Authors, year and title. */
  readonly text: string;
  readonly href?: string;
}

/** The papers and books that cards name. */
export const sources = {
  zhu: {
    text: 'Zhu, Lin & Tang (2020), Bounding The Number of Linear Regions in Local Area for Neural Networks with ReLU Activations',
    href: 'https://arxiv.org/abs/2007.06803',
  },
  complexity: {
    text: 'Hanin & Rolnick (2019), Complexity of Linear Regions in Deep Networks',
    href: 'https://arxiv.org/abs/1901.09021',
  },
  patterns: {
    text: 'Hanin & Rolnick (2019), Deep ReLU Networks Have Surprisingly Few Activation Patterns',
    href: 'https://arxiv.org/abs/1906.00904',
  },
  empirical: {
    text: 'Zhang & Wu (2020), Empirical Studies on the Properties of Linear Regions in Deep Neural Networks',
    href: 'https://arxiv.org/abs/2001.01072',
  },
  montufar: {
    text: 'Montúfar, Pascanu, Cho & Bengio (2014), On the Number of Linear Regions of Deep Neural Networks',
    href: 'https://arxiv.org/abs/1402.1869',
  },
  zaslavsky: {
    text: 'Zaslavsky (1975), Facing up to Arrangements: Face-Count Formulas for Partitions of Space by Hyperplanes',
  },
  ibp: {
    text: 'Gowal et al. (2018), On the Effectiveness of Interval Bound Propagation for Training Verifiably Robust Models',
    href: 'https://arxiv.org/abs/1810.12715',
  },
  deepz: {
    text: 'Singh, Gehr, Mirman, Püschel & Vechev (2018), Fast and Effective Robustness Certification',
  },
  crown: {
    text: 'Zhang, Weng, Chen, Hsieh & Daniel (2018), Efficient Neural Network Robustness Certification with General Activation Functions',
    href: 'https://arxiv.org/abs/1811.00866',
  },
  boyd: {
    text: 'Boyd & Vandenberghe (2004), Convex Optimization',
    href: 'https://web.stanford.edu/~boyd/cvxbook/',
  },
  he: {
    text: 'He, Zhang, Ren & Sun (2015), Delving Deep into Rectifiers: Surpassing Human-Level Performance on ImageNet Classification',
    href: 'https://arxiv.org/abs/1502.01852',
  },
  glorot: {
    text: 'Glorot & Bengio (2010), Understanding the difficulty of training deep feedforward neural networks',
    href: 'https://proceedings.mlr.press/v9/glorot10a.html',
  },
  lecun: {
    text: 'LeCun, Bottou, Orr & Müller (1998), Efficient BackProp',
  },
  saxe: {
    text: 'Saxe, McClelland & Ganguli (2014), Exact solutions to the nonlinear dynamics of learning in deep linear neural networks',
    href: 'https://arxiv.org/abs/1312.6120',
  },
  telgarsky: {
    text: 'Telgarsky (2015), Representation Benefits of Deep Feedforward Networks',
    href: 'https://arxiv.org/abs/1509.08101',
  },
  nair: {
    text: 'Nair & Hinton (2010), Rectified Linear Units Improve Restricted Boltzmann Machines',
  },
  maas: {
    text: 'Maas, Hannun & Ng (2013), Rectifier Nonlinearities Improve Neural Network Acoustic Models',
  },
  lu: {
    text: 'Lu, Shin, Su & Karniadakis (2019), Dying ReLU and Initialization: Theory and Numerical Examples',
    href: 'https://arxiv.org/abs/1903.06733',
  },
  kingma: {
    text: 'Kingma & Ba (2015), Adam: A Method for Stochastic Optimization',
    href: 'https://arxiv.org/abs/1412.6980',
  },
  polyak: {
    text: 'Polyak (1964), Some methods of speeding up the convergence of iteration methods',
  },
  robbins: {
    text: 'Robbins & Monro (1951), A Stochastic Approximation Method',
  },
  goodfellow: {
    text: 'Goodfellow, Bengio & Courville (2016), Deep Learning',
    href: 'https://www.deeplearningbook.org/',
  },
} as const satisfies Readonly<Record<string, Source>>;

export type SourceName = keyof typeof sources;
