import { readLink, writeLink } from '../../src/settings/link.ts';
import type { Settings } from '../../src/settings/schema.ts';
import { schema } from '../../src/settings/schema.ts';
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

/** What the query may set as well; it wins over the hash until a person chooses otherwise. */
const IN_QUERY = ['theme', 'compute'] as const;

/** The query without what a person has changed since: the address opens what is on screen. */
function trueQuery(settings: Settings): string {
  const { search } = window.location;
  const query = new URLSearchParams(search);
  const outdated = IN_QUERY.filter((key) => {
    const text = query.get(key);
    return text !== null && schema[key].read(text).value !== settings[key];
  });
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

/** What the query says of the presentation, whatever the hash says. */
function fromQuery(problems: string[]): Partial<Settings> {
  const query = new URLSearchParams(window.location.search);
  const read = <K extends (typeof IN_QUERY)[number]>(key: K): Partial<Settings> => {
    const text = query.get(key);
    if (text === null) return {};
    const { value, problem } = schema[key].read(text);
    if (problem) problems.push(problem);
    return { [key]: value };
  };
  return { ...read('theme'), ...read('compute') };
}

function apply(hash: string): void {
  const { settings, problems } = readLink(hash);
  const asked = fromQuery(problems);
  const circles = settings.pick.map(([x, y, r]) => ({ id: newCircleId(), x, y, r }));
  useStore.setState({
    settings: { ...settings, ...asked },
    linkView: settings.view,
    circles,
    selected: circles[0]?.id ?? null,
  });
  if (problems.length > 0) notify(problems.join('\n'));
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
