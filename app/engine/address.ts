import { QUERY_KEYS, readLink, readQuery, writeLink } from '../../src/settings/link.ts';
import type { Settings } from '../../src/settings/schema.ts';
import { notify, useStore } from '../store/store.ts';
import { isCurrent, startRun } from './run.ts';

const WRITE_EVERY_MS = 400;
let written = '';

/** The settings as they stand, with what lives elsewhere in the state: step count and circles. */
function currentSettings(): Settings {
  const { settings, frame, circles } = useStore.getState();
  const steps = isCurrent(frame) && frame.status !== 'replaying' ? frame.step : settings.steps;
  return { ...settings, steps, pick: circles.map(({ x, y, r }) => [x, y, r]) };
}

let writable = true;

/** The query without what a person has changed since: the address opens what is on screen. */
function trueQuery(settings: Settings): string {
  const { search } = window.location;
  const query = new URLSearchParams(search);
  const asked = readQuery(search).settings;
  const outdated = QUERY_KEYS.filter((key) => query.has(key) && asked[key] !== settings[key]);
  if (outdated.length === 0) return search;
  for (const key of outdated) query.delete(key);
  return query.size === 0 ? '' : `?${query}`;
}

function write(): void {
  const settings = currentSettings();
  const hash = writeLink(settings);
  if (hash === written || !writable) return;
  written = hash;
  const { pathname } = window.location;
  const query = trueQuery(settings);
  try {
    window.history.replaceState(null, '', `${pathname}${query}${hash === '' ? '' : `#${hash}`}`);
  } catch {
    // A page in `srcdoc` has no address of its own to write to; everything else works there.
    writable = false;
  }
}

let nextId = 1;
export const newCircleId = (): number => nextId++;

function apply(hash: string): void {
  const { settings, problems } = readLink(hash);
  // What the query says wins over the hash until a person chooses otherwise.
  const query = readQuery(window.location.search);
  const circles = settings.pick.map(([x, y, r]) => ({ id: newCircleId(), x, y, r }));
  useStore.setState({
    settings: { ...settings, ...query.settings },
    linkView: settings.view,
    circles,
    selected: circles[0]?.id ?? null,
  });
  const said = [...problems, ...query.problems];
  if (said.length > 0) notify(said.join('\n'));
  startRun(useStore.getState().settings);
}

/** Reads the address now and whenever a person changes it, and keeps it true from then on. */
export function followAddress(): void {
  written = window.location.hash.replace(/^#/, '');
  apply(written);
  // The event tells the address that was asked for; by now it may have been written over.
  window.addEventListener('hashchange', ({ newURL }) => {
    const hash = new URL(newURL).hash.replace(/^#/, '');
    if (hash === written) return;
    written = hash;
    apply(hash);
  });
  let timer: ReturnType<typeof setTimeout> | null = null;
  useStore.subscribe(() => {
    if (timer !== null) return;
    timer = setTimeout(() => {
      timer = null;
      write();
    }, WRITE_EVERY_MS);
  });
}
