import type { TrainingStatus } from '../../src/jobs/services.ts';
import { Term } from '../explain/Term.tsx';
import { formatFixed, formatInteger, formatPercent } from '../format.ts';
import { isGone } from '../session/troubles.ts';
import shared from '../styles/shared.module.css';
import { useActions, useSessionState } from '../useSession.ts';
import { ActionButton } from './ActionButton.tsx';
import { PictureCounts } from './PictureCounts.tsx';
import { ChoiceSetting } from './rail/settingControls.tsx';
import styles from './Transport.module.css';

function Readout() {
  const frame = useSessionState((s) => s.frame);
  const target = useSessionState((s) => s.settings.steps);
  const catchUp = useSessionState((s) => s.catchUp);
  // A training worker that has ended says nothing about a network that was requested later.
  const lost = useSessionState((s) => isGone(s.troubles, 'training') && s.frame?.run !== s.run);
  if (lost) return <p className={styles.readout}>Training has not started.</p>;
  if (!frame) return <p className={styles.readout}>Starting…</p>;
  if (catchUp !== null)
    return (
      <p className={styles.readout}>
        Training resumes: step {formatInteger(catchUp)} of {formatInteger(frame.step)}
      </p>
    );
  const accuracy = frame.test.accuracy ?? frame.train.accuracy;
  return (
    <p className={styles.readout} data-testid="readout">
      {frame.status === 'replaying' && target > frame.step ? (
        `Replaying: step ${formatInteger(frame.step)} of ${formatInteger(target)}`
      ) : (
        <>
          Step {formatInteger(frame.step)}
          <span className={styles.spare}>
            , <Term name="epoch">epoch</Term> {formatFixed(frame.epoch, 1)}
          </span>
        </>
      )}
      {accuracy !== null && (
        <>
          {' · '}
          <span data-testid="accuracy" data-value={accuracy}>
            {formatPercent(accuracy)}{' '}
            <Term name="train-test">{frame.test.accuracy === null ? 'training' : 'test'}</Term>{' '}
            <Term name="accuracy">accuracy</Term>
          </span>
          {frame.evaluatedStep !== frame.step && ` at step ${formatInteger(frame.evaluatedStep)}`}
        </>
      )}
      {frame.status === 'diverged' && (
        <strong className={styles.diverged}>
          {' · '}
          <Term name="diverged">diverged</Term>
        </strong>
      )}
      {frame.dead && (
        <strong className={styles.diverged}>
          {' · '}
          <Term name="dead-network">dead</Term>
        </strong>
      )}
    </p>
  );
}

/** Whether the network trains, or gets back to where it was: there is nothing to step. */
export const isBusy = (status: TrainingStatus): boolean =>
  status === 'playing' || status === 'replaying';

/** What the large button says, and the name of what it does. */
export const playAction = (status: TrainingStatus) =>
  status === 'diverged'
    ? (['Restart', 'reset'] as const)
    : isBusy(status)
      ? (['Pause', 'pause'] as const)
      : (['Play', 'play'] as const);

/** Play, step, reset, and the progress of the run; below the map, close to what it changes. */
export function Transport({ blended }: { blended: number }) {
  const actions = useActions();
  const { advance, newWeights, reset } = actions;
  const status = useSessionState((s) => s.frame?.status ?? 'paused');
  const resting = isBusy(status) || status === 'diverged';
  const [label, press] = playAction(status);
  return (
    <div className={styles.transport} data-testid="transport">
      <div className={`${shared.buttons} ${styles.buttons}`}>
        <button
          type="button"
          className={`${shared.primary} ${styles.play}`}
          onClick={actions[press]}
        >
          {label}
        </button>
        <ActionButton disabled={resting} onClick={() => advance('step')}>
          Step
        </ActionButton>
        <ActionButton disabled={resting} onClick={() => advance('epoch')}>
          Epoch
        </ActionButton>
        <button type="button" title="Back to step 0 with the same initial weights" onClick={reset}>
          Reset
        </button>
        <button type="button" title="Step 0 with the next seed" onClick={newWeights}>
          New weights
        </button>
      </div>
      <div className={styles.speed}>
        <ChoiceSetting name="speed" />
      </div>
      <div className={styles.line}>
        <Readout />
        <PictureCounts blended={blended} />
      </div>
    </div>
  );
}
