import { InputError, quoted } from '../../errors.ts';
import { createRandom, normal } from '../../random.ts';
import { type AffineMap, createModel, type Model } from '../model.ts';
import type { DrawnInitialiser } from './initialiser.ts';
import { initialisers } from './registry.ts';

/** What `createNetwork` makes. */
export interface NetworkOptions {
  /** Inputs, hidden layers, outputs: [2, 8, 8, 1]. */
  readonly widths: readonly number[];
  /** Slope on negative pre-activations, in [0, 1); 0 is ReLU. */
  readonly negativeSlope: number;
  /** Key of an initialiser in the registry. */
  readonly initialiser: string;
  readonly seed: number;
}

const STREAM = 3;

/**
 * A network with fresh parameters, which depend on the widths, the initialiser and the seed alone. Drawn output biases are
 * zero. Throws `InputError` for invalid widths, slope or initialiser.
 */
export function createNetwork({ widths, negativeSlope, initialiser, seed }: NetworkOptions): Model {
  const kind = initialisers.find(({ key }) => key === initialiser);
  if (!kind) {
    const keys = initialisers.map(({ key }) => key).join(', ');
    throw new InputError(`there is no initialiser ${quoted(initialiser)}: choose one of ${keys}`);
  }
  if (widths.length < 2 || !widths.every((width) => Number.isSafeInteger(width) && width >= 1))
    throw new InputError('the widths of a network are two or more whole numbers, each at least 1');
  if (!(negativeSlope >= 0 && negativeSlope < 1))
    throw new InputError('the negative slope must lie in [0, 1)');
  const layers = 'build' in kind ? kind.build(widths) : draw(kind, widths, seed);
  return createModel(layers, negativeSlope);
}

function draw(kind: DrawnInitialiser, widths: readonly number[], seed: number): AffineMap[] {
  const random = createRandom(seed, STREAM);
  const gauss = normal(random);
  return widths.slice(1).map((outputs, k): AffineMap => {
    const inputs = widths[k];
    const weights = kind.weights(inputs, outputs, random);
    const last = k === widths.length - 2;
    const biases = new Float64Array(outputs);
    if (!last) for (let j = 0; j < outputs; j++) biases[j] = kind.biasDeviation * gauss();
    return { inputs, outputs, weights, biases };
  });
}
