import { Term } from '../explain/Term.tsx';
import { countOf, formatInteger } from '../format.ts';
import { stepToTell } from '../session/measured.ts';
import type { Picture } from '../session/state.ts';
import { isGone } from '../session/troubles.ts';
import shared from '../styles/shared.module.css';
import { useSessionState } from '../useSession.ts';
import styles from './Transport.module.css';

/** The regions of a finished picture, including those that it draws as part of a mean colour. */
function Finished({ picture, blended }: { picture: Picture; blended: number }) {
  const smaller = useSessionState((s) => (s.working === null ? blended : 0));
  const step = useSessionState((s) => stepToTell(s.frame, picture.step));
  const { faceCount, complete } = picture.complex;
  const linear = complete && picture.linearCount !== faceCount;
  return (
    <>
      {complete ? '' : 'at least '}
      <b>
        {formatInteger(faceCount)}{' '}
        <Term name="activation-region">
          activation
          <span className={linear ? styles.spare : undefined}>
            {faceCount === 1 ? ' region' : ' regions'}
          </span>
        </Term>
      </b>
      {linear && (
        <>
          , {formatInteger(picture.linearCount)}{' '}
          <Term name="linear-region">
            {picture.linearCount === 1 ? 'linear region' : 'linear regions'}
          </Term>
        </>
      )}{' '}
      <Term name="in-view">in view</Term>
      {step !== null && ` at step ${formatInteger(step)}`}
      {!complete && ': the limit was reached, the picture is partial'}
      {smaller > 0 && (
        <span className={styles.smaller} data-testid="smaller" data-smaller={smaller}>
          {' '}
          · {formatInteger(smaller)} <Term name="under-a-pixel">under a pixel</Term>
        </span>
      )}
    </>
  );
}

/**
 * How many regions the map shows, and how far the next picture is.
 * @param blended regions on the map that are smaller than a pixel, and drawn as part of a mean
 */
export function PictureCounts({ blended }: { blended: number }) {
  const picture = useSessionState((s) => s.picture);
  const working = useSessionState((s) => s.working);
  const stopped = useSessionState((s) => s.slowPicture === 'stopped');
  // The count of one network says nothing about another.
  const current = useSessionState((s) => s.picture?.run === s.run);
  const lost = useSessionState(
    (s) => isGone(s.troubles, 'geometry') || (!current && isGone(s.troubles, 'training')),
  );
  // If drawing was stopped, the map shows the partial picture, unless there is a finished picture of this view and run:
  // then there is no sketch. While drawing continues, the numbers of the previous picture stay.
  const stands = useSessionState((s) => s.picture !== null && (s.sketch === null || !stopped));
  const shown = stands && current ? picture : null;
  const soFar = formatInteger(working ?? 0);
  return (
    <p
      className={shown ? styles.counts : `${styles.counts} ${shared.muted}`}
      data-testid={shown ? 'counts' : 'counts-none'}
      data-regions={shown?.complex.faceCount}
    >
      {shown && <Finished picture={shown} blended={blended} />}
      {shown && working !== null && (
        <span className={shared.muted}>
          {stopped ? ` · the next picture stopped at ${soFar}` : ` · drawing, ${soFar} so far…`}
        </span>
      )}
      {!shown && lost && 'Not drawn'}
      {!shown &&
        stopped &&
        `Unfinished: at least ${countOf(working ?? 0, 'activation region')} in view`}
      {!shown &&
        !stopped &&
        !lost &&
        (working === null
          ? 'Drawing…'
          : `Drawing, ${countOf(working, 'activation region')} so far…`)}
    </p>
  );
}
