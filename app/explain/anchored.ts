import { autoUpdate, computePosition, flip, offset, type Placement, shift } from '@floating-ui/dom';
import { type RefObject, useLayoutEffect } from 'react';

/** Pixels between a popover and what it belongs to, and between it and the edge of the window. */
const GAP = 8;

/** What a popover stands beside: an element, or what has the box of one that may be replaced by another. */
type Anchor = Element | { getBoundingClientRect(): DOMRect };

/**
 * Shows a popover beside an anchor and keeps it there while either moves: its place is in the properties --x and --y, in
 * pixels of the window. `onPlace` hears of every place. Returns what ends that; the popover stays open.
 */
export function showBeside(
  popover: HTMLElement,
  anchor: Anchor,
  placement: Placement,
  onPlace?: () => void,
): () => void {
  // With its source, it comes after that in the order of the keyboard.
  if (!popover.matches(':popover-open'))
    popover.showPopover(anchor instanceof HTMLElement ? { source: anchor } : undefined);
  const place = async () => {
    const { x, y } = await computePosition(anchor, popover, {
      strategy: 'fixed',
      placement,
      middleware: [offset(GAP), flip({ padding: GAP }), shift({ padding: GAP, crossAxis: true })],
    });
    popover.style.setProperty('--x', `${Math.round(x)}px`);
    popover.style.setProperty('--y', `${Math.round(y)}px`);
    onPlace?.();
  };
  // What is no element tells nobody that it moves.
  return autoUpdate(anchor, popover, place, { animationFrame: !(anchor instanceof Element) });
}

/** `showBeside` as long as a component is there. */
export function useBeside(
  popover: RefObject<HTMLElement | null>,
  anchor: Element | null,
  placement: Placement,
): void {
  useLayoutEffect(
    () => (popover.current && anchor ? showBeside(popover.current, anchor, placement) : undefined),
    [popover, anchor, placement],
  );
}

/** Where a popover has the theme of what it belongs to, and no ancestor that is a label, a row or a paragraph. */
export function placeFor(owner: Element): Element | DocumentFragment {
  const root = owner.getRootNode();
  return (
    owner.closest('[data-theme]') ?? (root instanceof ShadowRoot ? root : owner.ownerDocument.body)
  );
}
