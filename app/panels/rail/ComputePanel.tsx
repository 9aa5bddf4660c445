import type { Backend } from '../../../src/compute/compute.ts';
import type { Rate } from '../../../src/jobs/services.ts';
import { formatInteger } from '../../format.ts';
import { isGone } from '../../session/troubles.ts';
import shared from '../../styles/shared.module.css';
import { useSessionState } from '../../useSession.ts';
import { ChoiceSetting } from './settingControls.tsx';

const NAMES: Record<Backend, string> = {
  webgpu: 'WebGPU',
  reference: 'CPU, 64-bit',
  simd: 'CPU, SIMD',
};
const FIELDS: Record<Rate['kind'], string> = {
  output: 'outputs',
  bound: 'bounds',
  distance: 'distances',
};

/** To two digits: measurements while other work runs are no more accurate than that. */
const roughly = (value: number): string => formatInteger(Number(value.toPrecision(2)));

/** Which backend computes fields and bounds, how fast, and the last problem. */
export function ComputePanel() {
  const compute = useSessionState((s) => s.compute);
  const lost = useSessionState((s) => isGone(s.troubles, 'compute'));
  return (
    <section aria-labelledby="compute-heading">
      <h2 id="compute-heading">Compute</h2>
      <ChoiceSetting name="compute" />
      {compute ? (
        <>
          <p className={shared.muted} role="status" data-testid="backend">
            At work: {NAMES[compute.backend]} ({compute.description})
          </p>
          {compute.rate && (
            <p className={shared.muted} data-testid="rate">
              {roughly(compute.rate.pointsPerSecond)} {FIELDS[compute.rate.kind]} a second
            </p>
          )}
          {compute.lastError && (
            <p className={shared.problem} data-testid="compute-error">
              {compute.lastError}
            </p>
          )}
        </>
      ) : (
        <p className={shared.muted} role="status">
          {lost ? 'Compute is not running.' : 'Compute is starting.'}
        </p>
      )}
    </section>
  );
}
