import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useRef,
  useState,
} from 'react';

/** A key of the keyboard that does something anywhere on the page, and what it does. */
export interface Shortcut {
  readonly id: string;
  /** As `KeyboardEvent.key` names them; letters are small. */
  readonly keys: readonly string[];
  /** How the list of shortcuts writes the keys. */
  readonly shown: string;
  readonly what: string;
  readonly group: 'Training' | 'Map' | 'Circles' | 'Presentation' | 'Page';
  /** Held down, it goes on. */
  readonly repeats?: boolean;
}

/** All shortcuts of the page: what handles them and what lists them both read this. */
export const SHORTCUTS = [
  { id: 'play', keys: [' '], shown: 'Space', what: 'Play or pause', group: 'Training' },
  { id: 'step', keys: ['s'], shown: 'S', what: 'One step', group: 'Training', repeats: true },
  { id: 'epoch', keys: ['e'], shown: 'E', what: 'One epoch', group: 'Training' },
  { id: 'reset', keys: ['r'], shown: 'R', what: 'Back to step 0', group: 'Training' },
  { id: 'weights', keys: ['n'], shown: 'N', what: 'New weights', group: 'Training' },
  { id: 'zoomIn', keys: ['+', '='], shown: '+', what: 'Zoom in', group: 'Map', repeats: true },
  { id: 'zoomOut', keys: ['-', '−'], shown: '−', what: 'Zoom out', group: 'Map', repeats: true },
  { id: 'wholeView', keys: ['0'], shown: '0', what: 'Show the whole view', group: 'Map' },
  { id: 'add', keys: ['c'], shown: 'C', what: 'Add a circle in the middle', group: 'Circles' },
  {
    id: 'circle',
    keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
    shown: '1 … 9',
    what: 'Choose a circle',
    group: 'Circles',
  },
  {
    id: 'remove',
    keys: ['Delete', 'Backspace'],
    shown: 'Delete',
    what: 'Remove the chosen circle',
    group: 'Circles',
  },
  { id: 'present', keys: ['p'], shown: 'P', what: 'Start or end it', group: 'Presentation' },
  {
    id: 'previous',
    keys: ['ArrowLeft'],
    shown: '←',
    what: 'Previous circle, or scene',
    group: 'Presentation',
  },
  {
    id: 'next',
    keys: ['ArrowRight'],
    shown: '→',
    what: 'Next circle, or scene',
    group: 'Presentation',
  },
  {
    id: 'previousScene',
    keys: ['PageUp'],
    shown: 'Page ↑',
    what: 'Previous scene',
    group: 'Presentation',
  },
  {
    id: 'nextScene',
    keys: ['PageDown'],
    shown: 'Page ↓',
    what: 'Next scene',
    group: 'Presentation',
  },
  { id: 'fullScreen', keys: ['f'], shown: 'F', what: 'Full screen', group: 'Presentation' },
  { id: 'help', keys: ['?'], shown: '?', what: 'Show this list', group: 'Page' },
  {
    id: 'close',
    keys: ['Escape'],
    shown: 'Esc',
    what: 'Close what was opened last, or end the selection',
    group: 'Page',
  },
] as const satisfies readonly Shortcut[];

export type ShortcutId = (typeof SHORTCUTS)[number]['id'];

/** Does what a shortcut says; `false` leaves the key to the action that was there before. */
type Action = (key: string) => unknown;

/** What the keys do on one page: the newest action for a shortcut comes first. */
class Keys {
  readonly #actions: { readonly id: ShortcutId; readonly action: Action }[] = [];

  add(id: ShortcutId, action: Action): () => void {
    const entry = { id, action };
    this.#actions.unshift(entry);
    return () => {
      this.#actions.splice(this.#actions.indexOf(entry), 1);
    };
  }

  /**
   * Hears the keys pressed in `root`, and those that nothing on the page has the focus for, unless it is a part of somebody
   * else's page (in a shadow root). Returns what ends that.
   */
  listen(root: HTMLElement): () => void {
    const page = root.ownerDocument;
    const press = (event: KeyboardEvent) => {
      const path = event.composedPath();
      const nobodys = path[0] === page.body && root.getRootNode() === page;
      if ((nobodys || path.includes(root)) && this.#press(event, path, root))
        event.preventDefault();
    };
    page.addEventListener('keydown', press);
    return () => page.removeEventListener('keydown', press);
  }

  #press(event: KeyboardEvent, path: readonly EventTarget[], root: HTMLElement): boolean {
    // Taken by what has the focus, or by another ReLUscope on the page.
    if (event.defaultPrevented || event.isComposing) return false;
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (event.shiftKey && /^[a-z ]$/.test(key)) return false;
    const shortcut: Shortcut | undefined = SHORTCUTS.find(({ keys }) =>
      (keys as readonly string[]).includes(key),
    );
    if (!shortcut || (event.repeat && !shortcut.repeats)) return false;
    if (belongsToFocus(path, key) || (key === 'Escape' && root.querySelector(OPEN))) return false;
    return this.#actions.some(({ id, action }) => id === shortcut.id && action(key) !== false);
  }
}

/** What the browser itself closes with Escape. */
const OPEN = 'dialog:modal, [popover]:popover-open';

/** Whether the key is for what has the focus: text, a control that takes keys, a button, or a dialog around it. */
function belongsToFocus(path: readonly EventTarget[], key: string): boolean {
  const around = path.filter((target) => target instanceof HTMLElement);
  if (around.some((element) => element.matches('dialog[open]'))) return true;
  const focused = around.at(0);
  if (!focused) return false;
  // A field had its chance to take something back.
  if (focused.matches('input, textarea, select') || focused.isContentEditable)
    return key !== 'Escape';
  return key === ' ' && focused.matches('button, a[href], summary, [role="slider"]');
}

const KeysContext = createContext<Keys | null>(null);

/** Gives the components below shortcuts, which work from wherever the keyboard is in the page's root element. */
export function Shortcuts({ children }: { children: ReactNode }) {
  const [keys] = useState(() => new Keys());
  return <KeysContext value={keys}>{children}</KeysContext>;
}

/** The `ref` of the page's root element: one listener there hears all keys. */
export function useShortcutRoot() {
  const keys = useContext(KeysContext);
  return useCallback((root: HTMLElement | null) => (root ? keys?.listen(root) : undefined), [keys]);
}

/**
 * Does `action` when the keys of a shortcut are pressed, as long as the component is there and `active`. Of several actions
 * the one that became active last comes first, so Escape closes what was opened last; an action that returns `false` passes
 * the key on to the one before. Without `Shortcuts` around it, as in an embed, nothing listens.
 */
export function useShortcut(id: ShortcutId, action: Action, active = true): void {
  const keys = useContext(KeysContext);
  const newest = useRef(action);
  newest.current = action;
  useEffect(
    () => (active ? keys?.add(id, (key) => newest.current(key)) : undefined),
    [keys, id, active],
  );
}
