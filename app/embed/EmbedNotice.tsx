import { useState } from 'react';
import { dismiss, useStore } from '../store/store.ts';

/**
 * The oldest notice in one line along the edge of the map. Pressed, a line that is cut off shows all it says; closed, it
 * makes room for the next.
 */
export function EmbedNotice() {
  const notice = useStore((s) => s.notices.at(0));
  const [unfolded, setUnfolded] = useState<number | null>(null);
  const open = notice !== undefined && unfolded === notice.id;
  return (
    <div className="embed-notice" role="status" aria-live="polite" data-open={open}>
      {notice && (
        <>
          <button
            type="button"
            className="quiet embed-notice-text"
            aria-expanded={open}
            onClick={() => setUnfolded(open ? null : notice.id)}
          >
            {notice.text.replaceAll('\n', ' ')}
          </button>
          <button
            type="button"
            className="quiet"
            aria-label="Close"
            onClick={() => dismiss(notice.id)}
          >
            ×
          </button>
        </>
      )}
    </div>
  );
}
