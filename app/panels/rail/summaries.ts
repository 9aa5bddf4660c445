import { BOUND_METHODS } from '../../../src/bounds/methods.ts';
import type { Backend } from '../../../src/compute/compute.ts';
import { plainNumber } from '../../../src/settings/field.ts';
import { type Settings, schema } from '../../../src/settings/schema.ts';
import { countOf } from '../../format.ts';

type Choice = 'data' | 'act' | 'opt' | 'show' | 'compute';

/** The label of what is chosen. */
const labelOf = <K extends Choice>(key: K, value: Settings[K]): string =>
  schema[key].options.find((option) => option.key === value)?.label ?? value;

/** "Circle, 300 points" */
export function dataSummary({ data, n, points }: Settings): string {
  return `${labelOf('data', data)}, ${countOf(data === 'drawn' ? points.length : n, 'point')}`;
}

/** "2–8–8–1, ReLU" */
export const networkSummary = ({ net, act }: Settings): string =>
  `${net.join('–')}, ${labelOf('act', act)}`;

/** "Adam, 0.01", and the weights that are not 0: "Adam, 0.01, L2 0.001" */
export const trainingSummary = ({ opt, lr, l1, l2 }: Settings): string =>
  [
    labelOf('opt', opt),
    plainNumber(lr),
    ...(l1 > 0 ? [`${schema.l1.label} ${plainNumber(l1)}`] : []),
    ...(l2 > 0 ? [`${schema.l2.label} ${plainNumber(l2)}`] : []),
  ].join(', ');

/** "Regions", "Bound C, CROWN"; what is hidden is counted: "Regions, 2 hidden" */
export const pictureSummary = ({ show, method, hide }: Settings): string =>
  [
    labelOf('show', show),
    ...(show === 'bound' ? [BOUND_METHODS[method].name] : []),
    ...(hide.length > 0 ? [`${hide.length} hidden`] : []),
  ].join(', ');

/** The backend that computes: "CPU, SIMD" */
export const backendName = (backend: Backend): string => labelOf('compute', backend);
