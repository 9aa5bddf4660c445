import { boundMethods } from '../../src/bounds/methods.ts';
import { createReferenceCompute } from '../../src/compute/reference/backend.ts';
import { createSimdCompute } from '../../src/compute/simd/backend.ts';
import { createWebGpuCompute } from '../../src/compute/webgpu/backend.ts';
import { runLadderTrials } from '../property/ladderTrials32.ts';
import { runTrials } from '../property/trials32.ts';
import { counts, plain, printed, reference, runTrials64 } from '../property/trials64.ts';
import { findGpu } from './backends/device.ts';
import type { Row } from './table.ts';

/** Balls for the shipped arithmetic; a tenth of them suffices to show the errors of plain arithmetic. */
const TRIALS = 1_000_000;
const SEED = 1_000_003;
/** Balls around so many centres of a network go to the GPU at a time: a network takes longer than they do. */
const GPU_CENTRES = 200;
/** Not checked: the backends return counts and no intervals. */
const NONE = '–';

const row = (
  bound: string,
  arithmetic: string,
  [balls, unstable, falselyStable, others]: readonly [number, number, number, number | string],
): Row => ({
  bound,
  arithmetic,
  'balls near a threshold': balls,
  'neurons that switch': unstable,
  'false S = 0': falselyStable,
  'other false claims': String(others),
});

/** Every method on every backend, on balls decided in integers; then plain 64-bit arithmetic. */
async function exactRows(): Promise<Row[]> {
  const [cpu, simd] = [createReferenceCompute(), await createSimdCompute()];
  const trials = await runTrials64(TRIALS, SEED, [
    ...boundMethods.map((method) => reference(cpu, method)),
    printed,
    ...boundMethods.map((method) => counts(simd, method)),
  ]);
  const gpu = await findGpu();
  if (gpu) {
    const webgpu = await createWebGpuCompute(gpu.gpu, { allowSoftware: true });
    const kernels = boundMethods.map((method) => counts(webgpu, method));
    trials.push(...(await runTrials64(TRIALS, SEED, kernels, GPU_CENTRES)));
    webgpu.dispose();
  }
  for (const compute of [cpu, simd]) compute.dispose();
  trials.push(...(await runTrials64(TRIALS / 10, SEED, boundMethods.map(plain))));
  return trials.map(({ bounder, balls, switching, falselyStable, outside }) => {
    const others = bounder.tellsIntervals ? outside : NONE;
    return row(bounder.bound, bounder.arithmetic, [balls, switching, falselyStable, others]);
  });
}

/**
 * Balls near the threshold of decisions, and how many neurons that switch in them are falsely called stable. In 64 bits
 * and by the backends as they are, within a few digits of where a neuron switches, compared with integers. Then the
 * 32-bit formulas, and plain arithmetic, within 10⁻⁵ of a decision, with rounding as bad as WGSL allows; there the
 * unstable neurons are those of Algorithm 1 in 64 bits, and for the others those that are seen to switch.
 */
export async function soundnessBench(): Promise<Row[]> {
  const rows = await exactRows();
  for (const inflated of [true, false]) {
    const arithmetic = inflated ? 'worst 32 bits, inflated' : 'worst 32 bits, plain';
    const trials = inflated ? TRIALS : TRIALS / 10;
    const one = runTrials(trials, SEED, inflated);
    const ladder = runLadderTrials(trials, SEED, inflated);
    rows.push(
      row('Algorithm 1', arithmetic, [
        one.trials,
        one.unstable,
        one.falselyStable,
        one.otherwiseBold,
      ]),
      row('the four others', arithmetic, [
        ladder.trials,
        ladder.switching,
        ladder.falselyStable,
        ladder.outside,
      ]),
    );
  }
  return rows;
}
