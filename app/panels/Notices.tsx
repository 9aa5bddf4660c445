import { handOnToMap, handOnToNext } from '../map/handOn.ts';
import { useActions, useSessionState } from '../useSession.ts';
import { useTroubles } from './useTroubles.ts';

/** Sentences about what happened, quiet and in one corner, until a person closes them; above them failures. */
export function Notices() {
  const { closeTroubles, dismiss, startAgain } = useActions();
  const notices = useSessionState((s) => s.notices);
  const troubles = useTroubles();
  return (
    <div className="notices">
      <div role="alert">
        {troubles && (
          <div className="notice">
            <div className="notice-body">
              <p>{troubles.text}</p>
              <button type="button" className="primary" ref={handOnToMap} onClick={startAgain}>
                {troubles.action}
              </button>
            </div>
            <button
              type="button"
              className="quiet"
              aria-label="Close"
              ref={handOnToMap}
              onClick={closeTroubles}
            >
              ×
            </button>
          </div>
        )}
      </div>
      <div role="status" aria-live="polite">
        {notices.map(({ id, text }) => (
          <div className="notice" key={id} ref={handOnToNext}>
            <div className="notice-body">
              {text.split('\n').map((line) => (
                <p key={line}>{line}</p>
              ))}
            </div>
            <button type="button" className="quiet" aria-label="Close" onClick={() => dismiss(id)}>
              ×
            </button>
          </div>
        ))}
      </div>
    </div>
  );
}
