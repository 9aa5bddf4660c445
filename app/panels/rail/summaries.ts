import { BOUND_METHODS } from '../../../src/bounds/methods.ts';
import type { Backend } from '../../../src/compute/compute.ts';
import { plainNumber } from '../../../src/settings/field.ts';
import { initialSettings, type Settings, schema } from '../../../src/settings/schema.ts';
import { countOf } from '../../format.ts';

type Choice = 'data' | 'act' | 'opt' | 'show' | 'compute';

/** The label of what is chosen. */
const labelOf = <K extends Choice>(key: K, value: Settings[K]): string =>
  schema[key].options.find((option) => option.key === value)?.label ?? value;

/** "Circle, 300 points" */
export function dataSummary({ data, n, points }: Settings): string {
  return `${labelOf('data', data)}, ${countOf(data === 'drawn' ? points.length : n, 'point')}`;
}

/** Widths with runs of the same width together: "2–4×4–1" for 2–4–4–4–4–1. */
function widths(net: readonly number[]): string {
  const runs: { width: number; times: number }[] = [];
  for (const width of net) {
    const last = runs.at(-1);
    if (last?.width === width) last.times++;
    else runs.push({ width, times: 1 });
  }
  // Two of a kind are as short written out.
  return runs
    .map(({ width, times }) =>
      times > 2 ? `${times}×${width}` : Array(times).fill(width).join('–'),
    )
    .join('–');
}

/** "2–8–8–1", and an activation that is not plain ReLU: "2–8–8–1, Leaky ReLU" */
export const networkSummary = ({ net, act }: Settings): string =>
  [widths(net), ...(act !== initialSettings.act ? [labelOf('act', act)] : [])].join(', ');

/** "Adam, 0.01", and the weights that are not 0: "Adam, 0.01, L2 0.001" */
export const trainingSummary = ({ opt, lr, l1, l2 }: Settings): string =>
  [
    labelOf('opt', opt),
    plainNumber(lr),
    ...(l1 > 0 ? [`${schema.l1.label} ${plainNumber(l1)}`] : []),
    ...(l2 > 0 ? [`${schema.l2.label} ${plainNumber(l2)}`] : []),
  ].join(', ');

/** "Regions", "Bound C" by Algorithm 1, "Bound C, CROWN"; what is hidden is counted: "Regions, 2 hidden" */
export const pictureSummary = ({ show, method, hide }: Settings): string =>
  [
    labelOf('show', show),
    ...(show === 'bound' && method !== initialSettings.method ? [BOUND_METHODS[method].name] : []),
    ...(hide.length > 0 ? [`${hide.length} hidden`] : []),
  ].join(', ');

/** The backend that computes: "CPU, SIMD" */
export const backendName = (backend: Backend): string => labelOf('compute', backend);
