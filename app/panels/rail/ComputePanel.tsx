import type { Rate } from '../../../src/jobs/services.ts';
import { formatInteger } from '../../format.ts';
import { isGone } from '../../session/troubles.ts';
import shared from '../../styles/shared.module.css';
import { useSessionState } from '../../useSession.ts';
import { RailGroup } from './RailGroup.tsx';
import { ChoiceSetting } from './settingControls.tsx';
import { backendName } from './summaries.ts';

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
  const idle = lost ? 'Not running' : 'Starting';
  return (
    <RailGroup
      name="computing"
      title="Computing"
      state={compute ? backendName(compute.backend) : idle}
    >
      <ChoiceSetting name="compute" />
      {compute ? (
        <>
          <p className={shared.muted} role="status" data-testid="backend">
            In use: {backendName(compute.backend)} ({compute.description})
          </p>
          {compute.rate && (
            <p className={shared.muted} data-testid="rate">
              {roughly(compute.rate.pointsPerSecond)} {FIELDS[compute.rate.kind]} per second
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
    </RailGroup>
  );
}
