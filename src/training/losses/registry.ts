import type { TrainingSamples } from '../../data/dataset.ts';
import { counted, InputError, quoted } from '../../errors.ts';
import type { Model } from '../../model/model.ts';
import { logistic } from './logistic.ts';
import { checkNumbers, type Loss, type LossKind } from './loss.ts';
import { softmax } from './softmax.ts';
import { squared } from './squared.ts';

/** Every loss there is. */
export const losses: readonly LossKind[] = [logistic, softmax, squared];

/** What the page trains with. */
export const DEFAULT_LOSS = logistic.key;

/**
 * The loss with the key, on samples for the network.
 *
 * @throws InputError for a key that is not in the registry, and for samples that do not fit the network or the loss
 */
export function lossOf(key: string, { inputs, outputs }: Model, samples: TrainingSamples): Loss {
  const kind = losses.find((known) => known.key === key);
  if (!kind) {
    const keys = losses.map((known) => known.key).join(', ');
    throw new InputError(`there is no loss ${quoted(key)}: choose one of ${keys}`);
  }
  const { count, points } = samples;
  if (points.length !== count * inputs)
    throw new InputError(
      `${counted(count, 'sample')} for a network with ${counted(inputs, 'input')} have ${count * inputs} coordinates, not ${points.length}`,
    );
  checkNumbers(points, inputs, 'coordinates');
  return kind.on(samples, outputs);
}
