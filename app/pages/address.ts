import { QUERY_KEYS, readQuery, writeLink } from '../../src/settings/link.ts';
import type { Settings } from '../../src/settings/schema.ts';
import { FIRST_SCENE } from '../scenes/links.ts';
import { type Link, linkSettings } from '../session/link.ts';
import type { Session } from '../session/session.ts';

const WRITE_EVERY_MS = 400;

/** What is behind the “#” of an address. */
const hashOf = ({ hash }: { hash: string }): string => hash.replace(/^#/, '');

/** What the page shows for a hash: one that asks for nothing opens the first scene; an embed shows the defaults. */
function linkFor(hash: string, embedded: boolean): Link {
  const asked = hash === '' && !embedded ? FIRST_SCENE : hash;
  return { hash: asked, query: window.location.search };
}

/** What the address of the page asks for. */
export const addressOfPage = (embedded: boolean): Link =>
  linkFor(hashOf(window.location), embedded);

/** The query without what a person has changed since: the address opens what is on screen. */
function trueQuery(settings: Settings, presenting: boolean): string {
  const { search } = window.location;
  const query = new URLSearchParams(search);
  const asked = readQuery(search).settings;
  const outdated: string[] = QUERY_KEYS.filter(
    (key) => query.has(key) && asked[key] !== settings[key],
  );
  if (query.get('present') === '1' && !presenting) outdated.push('present');
  if (outdated.length === 0) return search;
  for (const key of outdated) query.delete(key);
  return query.size === 0 ? '' : `?${query}`;
}

/**
 * Keeps the address of the page in step with a session that was started from it, and opens what a person enters there.
 * Returns what ends that.
 */
export function followAddress({ store, actions }: Session, embedded: boolean): () => void {
  let written = hashOf(window.location);
  let writable = true;
  let timer: ReturnType<typeof setTimeout> | null = null;

  const write = (): void => {
    const state = store.getState();
    const settings = linkSettings(state);
    const hash = writeLink(settings);
    const query = trueQuery(settings, state.presenting || embedded);
    if (!writable || (hash === written && query === window.location.search)) return;
    written = hash;
    const { pathname } = window.location;
    try {
      window.history.replaceState(null, '', `${pathname}${query}#${hash}`);
    } catch {
      // A page in `srcdoc` has no address of its own to write to; everything else works there.
      writable = false;
    }
  };

  // The event tells the address that was asked for; by now it may have been written over.
  const changed = ({ newURL }: HashChangeEvent) => {
    const hash = hashOf(new URL(newURL));
    if (hash === written) return;
    written = hash;
    actions.openLink(linkFor(hash, embedded));
  };
  window.addEventListener('hashchange', changed);
  const unsubscribe = store.subscribe(() => {
    timer ??= setTimeout(() => {
      timer = null;
      write();
    }, WRITE_EVERY_MS);
  });
  return () => {
    window.removeEventListener('hashchange', changed);
    unsubscribe();
    if (timer !== null) clearTimeout(timer);
  };
}
