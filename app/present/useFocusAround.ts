import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

/**
 * Gives the focus back, when a presentation ends, to what had it before; where nothing had, to the button that begins one.
 * What the presentation hides loses the focus a moment later, so it is looked up at once.
 */
export function useFocusAround(presenting: boolean, button: RefObject<HTMLElement | null>): void {
  const before = useRef<Element | null>(null);
  useLayoutEffect(() => {
    if (!presenting) return;
    const root = button.current?.getRootNode() as Document | ShadowRoot | undefined;
    before.current = root?.activeElement ?? null;
  }, [presenting, button]);
  useEffect(() => {
    if (!presenting) return;
    return () => {
      const held = before.current;
      const stands = held instanceof HTMLElement || held instanceof SVGElement;
      const target = stands && held.isConnected && held !== document.body ? held : button.current;
      target?.focus({ preventScroll: true });
    };
  }, [presenting, button]);
}
