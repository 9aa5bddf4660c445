import type { TrainingSamples } from '../data/dataset.ts';
import type { Model } from '../model/model.ts';
import { BATCH, ForwardPass } from './forwardPass.ts';
import { DEFAULT_LOSS, lossOf } from './losses/registry.ts';

/** How well a network fits samples. */
export interface Evaluation {
  /** Mean loss, without penalties; null when there are no samples, or when it is beyond the range of numbers. */
  readonly loss: number | null;
  /** Share of samples whose class the outputs tell, in [0, 1]; null without a loss, and for a loss without classes. */
  readonly accuracy: number | null;
}

/**
 * How well a network fits samples.
 *
 * @param lossKey key of a loss in the registry
 * @throws InputError for samples that do not fit the network or the loss
 */
export function evaluate(net: Model, samples: TrainingSamples, lossKey = DEFAULT_LOSS): Evaluation {
  const { count, points } = samples;
  const { value, isRight } = lossOf(lossKey, net, samples);
  const pass = new ForwardPass(net, Math.min(BATCH, count));
  const outputs = pass.activations[net.layers.length];
  let loss = 0;
  let right = 0;
  for (let from = 0; from < count; from += pass.capacity) {
    const to = Math.min(from + pass.capacity, count);
    pass.run(points, null, from, to);
    for (let n = from, at = 0; n < to; n++, at += net.outputs) {
      loss += value(outputs, at, n);
      if (isRight?.(outputs, at, n)) right++;
    }
  }
  if (count === 0 || !Number.isFinite(loss)) return { loss: null, accuracy: null };
  return { loss: loss / count, accuracy: isRight === null ? null : right / count };
}
