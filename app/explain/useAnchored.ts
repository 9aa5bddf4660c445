import { autoUpdate, computePosition, flip, offset, type Placement, shift } from '@floating-ui/dom';
import { type RefObject, useLayoutEffect } from 'react';

/** Pixels between a popover and what it belongs to, and between it and the edge of the window. */
const GAP = 8;

/**
 * Shows a popover beside an element and keeps it there while either moves: its place is in the properties --x and --y, in
 * pixels of the window.
 */
export function useAnchored(
  popover: RefObject<HTMLElement | null>,
  anchor: Element | null,
  placement: Placement,
): void {
  useLayoutEffect(() => {
    const element = popover.current;
    if (element === null || anchor === null) return;
    element.showPopover({ source: anchor as HTMLElement });
    const place = async () => {
      const { x, y } = await computePosition(anchor, element, {
        strategy: 'fixed',
        placement,
        middleware: [offset(GAP), flip({ padding: GAP }), shift({ padding: GAP, crossAxis: true })],
      });
      element.style.setProperty('--x', `${Math.round(x)}px`);
      element.style.setProperty('--y', `${Math.round(y)}px`);
    };
    return autoUpdate(anchor, element, place);
  }, [popover, anchor, placement]);
}
