import { stepToTell } from '../engine/measured.ts';
import { countOf, formatInteger } from '../format.ts';
import { type Picture, useStore } from '../store/store.ts';

/** The regions of a picture that is done, with those that it draws as part of a mean. */
function Finished({ picture }: { picture: Picture }) {
  const smaller = useStore((s) => (s.working === null ? s.smaller : 0));
  const step = useStore((s) => stepToTell(s.frame, picture.step));
  const { faceCount, complete } = picture.complex;
  return (
    <>
      {complete ? '' : 'at least '}
      <b>{countOf(faceCount, 'activation region')}</b>
      {complete && picture.linearCount !== faceCount && (
        <>, {countOf(picture.linearCount, 'linear region')}</>
      )}{' '}
      in view{step !== null && ` at step ${formatInteger(step)}`}
      {!complete && ': the limit was reached, the picture is partial'}
      {smaller > 0 && (
        <span
          className="smaller"
          data-testid="smaller"
          data-smaller={smaller}
          title={`${countOf(smaller, 'region')} smaller than a pixel of the map: not outlined, drawn as the mean colour of the pixel. Zoom in to see them.`}
        >
          {' '}
          · {formatInteger(smaller)} under a pixel
        </span>
      )}
    </>
  );
}

/** How many regions the map shows, and how far the next picture is. */
export function PictureCounts() {
  const picture = useStore((s) => s.picture);
  const working = useStore((s) => s.working);
  const stopped = useStore((s) => s.slowPicture === 'stopped');
  // Of a drawing that was stopped the map shows what it has come to, unless a picture of this view and run stands: then
  // there is no sketch. While it goes on, the numbers of the picture before stay, if that is of the same network's run.
  const stands = useStore(
    ({ picture: before, sketch, frame, working: found }) =>
      before !== null &&
      (sketch === null || !stopped) &&
      (found === null || before.run === frame?.run),
  );
  const shown = stands ? picture : null;
  const soFar = formatInteger(working ?? 0);
  return (
    <p
      className={shown ? 'counts' : 'counts muted'}
      data-testid={shown ? 'counts' : undefined}
      data-regions={shown?.complex.faceCount}
    >
      {shown && <Finished picture={shown} />}
      {shown && working !== null && (
        <span className="muted">
          {stopped ? ` · the next picture stopped at ${soFar}` : ` · drawing, ${soFar} so far…`}
        </span>
      )}
      {!shown &&
        stopped &&
        `Unfinished: at least ${countOf(working ?? 0, 'activation region')} in view`}
      {!shown &&
        !stopped &&
        (working === null
          ? 'Drawing…'
          : `Drawing, ${countOf(working, 'activation region')} so far…`)}
    </p>
  );
}
