import { useEffect, useRef, useState } from 'react';

/** Escape ends full screen first; a browser may still send the same press to the page. */
const SAME_PRESS_MS = 500;

/** What holds the full screen of an element's document, also inside a shadow root. */
const holder = (element: Element): Element | null => {
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.fullscreenElement : document.fullscreenElement;
};

/**
 * Full screen for the page's root element; `refused` gets a sentence where the browser does not allow it. When the component
 * goes, so does the full screen that it asked for.
 */
export function useFullScreen(root: () => HTMLElement | null, refused: (sentence: string) => void) {
  const [full, setFull] = useState(false);
  const leftAt = useRef(Number.NEGATIVE_INFINITY);
  const find = useRef(root);
  find.current = root;
  useEffect(() => {
    const element = find.current();
    if (element === null) return;
    const change = ({ timeStamp }: Event) => {
      const now = holder(element) === element;
      if (!now) leftAt.current = timeStamp;
      setFull(now);
    };
    element.addEventListener('fullscreenchange', change);
    return () => {
      element.removeEventListener('fullscreenchange', change);
      // A browser refuses only what has ended by itself.
      if (holder(element) === element) document.exitFullscreen().catch(() => {});
    };
  }, []);
  const toggle = async (): Promise<void> => {
    const element = find.current();
    if (element === null) return;
    try {
      // The event that says so may still be on its way.
      if (holder(element) === element) await document.exitFullscreen();
      // Safari on a phone has none for a page.
      else if (element.requestFullscreen) await element.requestFullscreen();
      else refused('This browser has no full screen for a page.');
    } catch {
      refused('The browser did not allow full screen.');
    }
  };
  return {
    full,
    toggle: () => void toggle(),
    /** Ends full screen; false if there was none to end, and none just now. */
    leave: (): boolean => {
      const element = find.current();
      // As above: the page may not have heard of it yet.
      const held = element !== null && holder(element) === element;
      if (held) void toggle();
      return held || performance.now() - leftAt.current < SAME_PRESS_MS;
    },
  };
}
