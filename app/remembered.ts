import { useState } from 'react';

/** Where a page keeps what its reader prefers: which groups stand open, whether the legend is folded. */
const PREFIX = 'reluscope.';

/** What was kept under `key`, if it is of the kind of `initial`; a page whose storage is blocked remembers nothing. */
function kept<T extends boolean | string>(key: string, initial: T): T {
  try {
    const value: unknown = JSON.parse(window.localStorage.getItem(PREFIX + key) ?? 'null');
    return typeof value === typeof initial ? (value as T) : initial;
  } catch {
    // Storage that is blocked, or holds what something else wrote.
    return initial;
  }
}

/**
 * A preference of the page's reader, from one visit to the next. It changes how the page is laid out, and nothing that a
 * link describes. Where the storage is blocked or full it holds until the page is closed.
 */
export function useRemembered<T extends boolean | string>(
  key: string,
  initial: T,
): readonly [T, (value: T) => void] {
  const [value, setValue] = useState(() => kept(key, initial));
  const remember = (next: T) => {
    setValue(next);
    try {
      window.localStorage.setItem(PREFIX + key, JSON.stringify(next));
    } catch {
      // As above: it holds in this page.
    }
  };
  return [value, remember];
}
