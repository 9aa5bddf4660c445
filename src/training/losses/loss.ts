import type { Labels, TrainingSamples } from '../../data/dataset.ts';
import { counted, InputError } from '../../errors.ts';

/** One way to say how wrong outputs are; one per file, listed in `registry.ts`. */
export interface LossKind {
  readonly key: string;
  readonly label: string;
  /**
   * The loss on `samples` of a network with so many outputs.
   *
   * @throws InputError where the samples or the number of outputs are not what the loss needs
   */
  on(samples: TrainingSamples, outputs: number): Loss;
}

/** A loss on given samples. The outputs for one of them are `outputs[at … at + width − 1]`, f(x) of its point x. */
export interface Loss {
  /** The loss of sample number `sample`. */
  value(outputs: Float64Array, at: number, sample: number): number;
  /** The same; writes `share` · d loss / d output for each output into `gradient`, also from `at` on. */
  gradient(
    outputs: Float64Array,
    at: number,
    sample: number,
    share: number,
    gradient: Float64Array,
  ): number;
  /** Whether the class that the outputs mean is that of the sample; null for a loss that knows no classes. */
  readonly isRight: ((outputs: Float64Array, at: number, sample: number) => boolean) | null;
}

/**
 * Numbers of a sample lie within ± this: with parameters below their own limit (`trainer.ts`) a network of eight layers of
 * 256 then computes with finite numbers.
 */
const NUMBER_LIMIT = 1e9;

/** @throws InputError where one of the `numbers`, `perSample` of each sample, is not finite or beyond every use */
export function checkNumbers(numbers: Float64Array, perSample: number, what: string): void {
  // Written so that NaN is beyond the limit too.
  const wrong = numbers.findIndex((value) => !(Math.abs(value) <= NUMBER_LIMIT));
  if (wrong >= 0)
    throw new InputError(
      `sample ${Math.floor(wrong / perSample) + 1} has ${numbers[wrong]} among its ${what}, which must lie between -1e9 and 1e9`,
    );
}

/**
 * The labels of `samples`, all of them below `classes`.
 *
 * @throws InputError where there is none for each sample, or one that is no such class
 */
export function labelsBelow(classes: number, samples: TrainingSamples, loss: string): Labels {
  if (!('labels' in samples))
    throw new InputError(`${loss} needs a class label for each sample, not target values`);
  const { count, labels } = samples;
  if (labels.length !== count)
    throw new InputError(
      `there are ${counted(count, 'sample')}, but ${counted(labels.length, 'label')}`,
    );
  const wrong = labels.findIndex((label) => label >= classes);
  if (wrong >= 0)
    throw new InputError(
      `sample ${wrong + 1} has the label ${labels[wrong]}, but the classes are numbered from 0 to ${classes - 1}`,
    );
  return labels;
}
