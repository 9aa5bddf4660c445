const canFocus = (element: Element): element is HTMLElement | SVGElement =>
  (element instanceof HTMLElement || element instanceof SVGElement) && element.tabIndex >= 0;

/** Marks the element that gets the focus when another loses it: the map, or in an embed, whose map takes none, its button. */
export const KEYBOARD_HOME = { 'data-keyboard-home': true } as const;

/** That element of the map that `element` belongs to: a page may have several. */
export function homeOf(element: Element): HTMLElement | SVGElement | undefined {
  for (let around = element.parentElement; around !== null; around = around.parentElement) {
    const home = [...around.querySelectorAll('[data-keyboard-home]')].find(canFocus);
    if (home) return home;
  }
  return undefined;
}

/** The `ref` of a button that comes and goes: if it goes while it has the focus, the map gets the focus. */
export const returnFocusToMap = (button: Element | null) => () => {
  if (button !== null && document.activeElement === button)
    homeOf(button)?.focus({ preventScroll: true });
};

const stops = (item: Element) => [item, ...item.querySelectorAll('*')].filter(canFocus);

/**
 * The `ref` of an item of a list: if it goes while the focus is in it, the same place of the next item gets the focus, else
 * of the one before, else the map.
 */
export const moveFocusToNext = (item: Element | null) => () => {
  const { activeElement } = document;
  if (!item || !activeElement || !item.contains(activeElement)) return;
  const other = item.nextElementSibling ?? item.previousElementSibling;
  const places = other === null ? [] : stops(other);
  const place = stops(item).indexOf(activeElement as HTMLElement);
  (places[place] ?? places[0])?.focus();
  const home = homeOf(item);
  // The other one may go in the same moment.
  queueMicrotask(() => {
    if (!document.activeElement || document.activeElement === document.body)
      home?.focus({ preventScroll: true });
  });
};
