import type { Row } from '../table.ts';
import type { Ceilings } from './ceilings.ts';
import type { Result } from './forwardPass.ts';
import type { Work } from './work.ts';

/**
 * Medians and best times, and how many times as fast as the contender called `yardstick` each is, point for point. The ratio
 * is that of the best times: other work on the machine can only add to a time.
 */
export function comparison(results: readonly Result[], yardstick: string): Row[] {
  return results.map((result) => {
    const beside = results.find(
      ({ subject, contender }) => subject === result.subject && contender === yardstick,
    );
    return {
      network: result.subject.name,
      N: result.subject.points,
      contender: result.contender,
      measured: result.points,
      'median, ms': result.medianMs,
      'best, ms': result.bestMs,
      'CPU, ms': result.cpuMs,
      'points per second': Math.round((1000 * result.points) / result.bestMs),
      [`× ${yardstick}`]: beside ? bestRate(result) / bestRate(beside) : '–',
    };
  });
}

const bestRate = ({ points, bestMs }: Result): number => points / bestMs;

/** The share of the device's ceilings that the kernels of one section reach, alone and in the whole call. */
export function utilisation<R extends Result>(
  kernel: string,
  results: readonly R[],
  workOf: (result: R) => Work,
  { flopsPerMs, bytesPerMs }: Ceilings,
): Row[] {
  return results
    .filter(({ contender }) => contender.startsWith('webgpu'))
    .map((result) => {
      const { subject, points, medianMs, kernelMs } = result;
      const { flops, bytes } = workOf(result);
      const arithmetic = (ms: number) => percent((points * flops) / ms / flopsPerMs);
      return {
        kernel,
        network: subject.name,
        points,
        'call, ms': medianMs,
        'kernels, ms': kernelMs ?? '–',
        'flops per point': flops,
        'bytes per point': bytes,
        'arithmetic, % of ceiling': kernelMs === undefined ? '–' : arithmetic(kernelMs),
        'memory, % of ceiling':
          kernelMs === undefined ? '–' : percent((points * bytes) / kernelMs / bytesPerMs),
        'arithmetic of the call, %': arithmetic(medianMs),
      };
    });
}

const percent = (share: number): string => (100 * share).toPrecision(2);
