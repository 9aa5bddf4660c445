import { dismiss, useStore } from '../store/store.ts';

/** Sentences about what happened, quiet and in one corner, until a person closes them. */
export function Notices() {
  const notices = useStore((s) => s.notices);
  return (
    <div className="notices" role="status" aria-live="polite">
      {notices.map(({ id, text }) => (
        <div className="notice" key={id}>
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
  );
}
