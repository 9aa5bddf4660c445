/** Where the keyboard goes to be on the map. */
export const MAP_ID = 'map';

/** As the `ref` of a button that comes and goes: when it goes while it has the keyboard, the map takes that over. */
export const handOnToMap = (button: HTMLButtonElement) => () => {
  if (document.activeElement === button) document.getElementById(MAP_ID)?.focus();
};
