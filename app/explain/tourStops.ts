import type { TourStep } from './tourSteps.ts';

/** The part of the page that a step is about; null where there is none. */
export function partOf(root: Element, { target }: TourStep): Element | null {
  for (const selector of target) {
    const found = root.querySelector(selector);
    if (found) return found;
  }
  return null;
}

const isShown = (element: Element): boolean => element.getClientRects().length > 0;
const isOpen = (button: Element): boolean =>
  button.getAttribute('aria-pressed') === 'true' || button.getAttribute('aria-expanded') === 'true';

const buttonNamed = (root: Element, name: string): HTMLElement | undefined =>
  [...root.querySelectorAll<HTMLElement>('[aria-pressed], [aria-expanded]')].find(
    (one) => one.textContent === name && isShown(one),
  );

/** Whether the part of a step is on the page, in view or behind a button that can be pressed. */
export function isThere(root: Element, step: TourStep): boolean {
  const part = partOf(root, step);
  if (part === null) return false;
  return isShown(part) || (step.behind ?? []).some((name) => buttonNamed(root, name));
}

/**
 * Presses those of the named buttons that are there and closed: a sheet of a narrow page, or the drawer. Returns what
 * closes a drawer again, which would lie over the parts that come after; a sheet stays.
 */
export function reveal(root: Element, names: readonly string[]): () => void {
  const undo: (() => void)[] = [];
  for (const name of names) {
    const button = buttonNamed(root, name);
    if (!button || isOpen(button)) continue;
    button.click();
    if (button.hasAttribute('aria-expanded'))
      undo.push(() => {
        if (isOpen(button)) button.click();
      });
  }
  return () => {
    for (const close of undo) close();
  };
}

/** Pixels between the part and the map above it. */
const GAP = 12;

/** Brings a part into view, on a narrow page below the map and the row of sheets, which stay at the upper edge and would cover it. */
export function scrollTo(root: Element, part: Element): void {
  const map = root.querySelector('[data-testid="map"]');
  part.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  if (!map || map.contains(part)) return;
  const { top, height, left, right } = map.getBoundingClientRect();
  const box = part.getBoundingClientRect();
  // On a wide page this is beside the map, or the page does not scroll.
  if (box.bottom <= top || box.right <= left || box.left >= right) return;
  // What belongs to the map stands above the row of sheets.
  const sheets = part.closest('main') ? null : root.querySelector('nav[aria-label="Panels"]');
  const covered = height + (sheets?.getBoundingClientRect().height ?? 0);
  part.ownerDocument.defaultView?.scrollBy(0, box.top - covered - GAP);
}
