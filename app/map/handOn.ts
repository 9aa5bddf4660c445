const canFocus = (element: Element): element is HTMLElement | SVGElement =>
  (element instanceof HTMLElement || element instanceof SVGElement) && element.tabIndex >= 0;

/** Marks where the keyboard is at home: the map, and in an embed, whose map takes none, its button. */
export const KEYBOARD_HOME = { 'data-keyboard-home': true } as const;

/** Where the keyboard is at home in the map that an element belongs to: a page may have several. */
export function homeOf(element: Element): HTMLElement | SVGElement | undefined {
  for (let around = element.parentElement; around !== null; around = around.parentElement) {
    const home = [...around.querySelectorAll('[data-keyboard-home]')].find(canFocus);
    if (home) return home;
  }
  return undefined;
}

/** As the `ref` of a button that comes and goes: when it goes while it has the keyboard, the map takes that over. */
export const handOnToMap = (button: Element | null) => () => {
  if (button !== null && document.activeElement === button)
    homeOf(button)?.focus({ preventScroll: true });
};

const stops = (item: Element) => [item, ...item.querySelectorAll('*')].filter(canFocus);

/**
 * As the `ref` of an item of a list: when it goes while the keyboard is in it, the same place of the next item takes that
 * over, else of the one before, else the map.
 */
export const handOnToNext = (item: Element | null) => () => {
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
