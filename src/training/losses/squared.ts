import { InputError } from '../../errors.ts';
import { checkNumbers, type LossKind } from './loss.ts';

/** Half the squared error, ½ Σ (f_j(x) − t_j)² over the outputs, for target values t; d loss / d f_j = f_j(x) − t_j. */
export const squared: LossKind = {
  key: 'squared',
  label: 'Squared error',
  on(samples, width) {
    if (!('targets' in samples))
      throw new InputError('squared error needs target values for each sample, not class labels');
    const { count, targets } = samples;
    if (targets.length !== count * width)
      throw new InputError(
        `squared error needs ${count} × ${width} target values, one for each sample and output, but there are ${targets.length}`,
      );
    checkNumbers(targets, width, 'target values');
    return {
      value(outputs, at, sample) {
        let sum = 0;
        for (let j = 0; j < width; j++) {
          const error = outputs[at + j] - targets[sample * width + j];
          sum += error * error;
        }
        return sum / 2;
      },
      gradient(outputs, at, sample, share, gradient) {
        let sum = 0;
        for (let j = 0; j < width; j++) {
          const error = outputs[at + j] - targets[sample * width + j];
          gradient[at + j] = share * error;
          sum += error * error;
        }
        return sum / 2;
      },
      isRight: null,
    };
  },
};
