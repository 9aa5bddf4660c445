/** Where the keyboard goes to be on the map; in an embed, whose map takes none, to its button. */
export const MAP_ID = 'map';
export const PLAY_ID = 'play';

const canFocus = (element: Element): element is HTMLElement | SVGElement =>
  (element instanceof HTMLElement || element instanceof SVGElement) && element.tabIndex >= 0;

function focusMap(): void {
  const home = [MAP_ID, PLAY_ID]
    .map((id) => document.getElementById(id) as Element | null)
    .find((element) => element !== null && canFocus(element));
  if (home && canFocus(home)) home.focus({ preventScroll: true });
}

/** As the `ref` of a button that comes and goes: when it goes while it has the keyboard, the map takes that over. */
export const handOnToMap = (button: Element | null) => () => {
  if (button !== null && document.activeElement === button) focusMap();
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
  // The other one may go in the same moment.
  queueMicrotask(() => {
    if (!document.activeElement || document.activeElement === document.body) focusMap();
  });
};
