import { readLink, writeLink } from '../../src/settings/link.ts';
import type { Settings } from '../../src/settings/schema.ts';
import { schema } from '../../src/settings/schema.ts';
import { notify, useStore } from '../store/store.ts';
import { startRun } from './run.ts';

const WRITE_EVERY_MS = 400;
let written = '';

/** The settings as they stand, with what lives elsewhere in the state: step count and circles. */
function currentSettings(): Settings {
  const { settings, frame, circles } = useStore.getState();
  const steps = frame && frame.status !== 'replaying' ? frame.step : settings.steps;
  return { ...settings, steps, pick: circles.map(({ x, y, r }) => [x, y, r]) };
}

let writable = true;

function write(): void {
  const hash = writeLink(currentSettings());
  if (hash === written || !writable) return;
  written = hash;
  const { pathname, search } = window.location;
  try {
    window.history.replaceState(null, '', `${pathname}${search}${hash === '' ? '' : `#${hash}`}`);
  } catch {
    // A page in `srcdoc` has no address of its own to write to; everything else works there.
    writable = false;
  }
}

let nextId = 1;
export const newCircleId = (): number => nextId++;

function apply(): void {
  const { settings, problems } = readLink(window.location.hash);
  const theme = new URLSearchParams(window.location.search).get('theme');
  const reading = theme === null ? null : schema.theme.read(theme);
  if (reading?.problem) problems.push(reading.problem);
  const circles = settings.pick.map(([x, y, r]) => ({ id: newCircleId(), x, y, r }));
  useStore.setState({
    settings: reading ? { ...settings, theme: reading.value } : settings,
    circles,
    selected: circles[0]?.id ?? null,
  });
  for (const problem of problems) notify(problem);
  startRun(useStore.getState().settings);
}

/** Reads the address now and whenever a person changes it, and keeps it true from then on. */
export function followAddress(): void {
  written = window.location.hash.replace(/^#/, '');
  apply();
  window.addEventListener('hashchange', () => {
    const hash = window.location.hash.replace(/^#/, '');
    if (hash === written) return;
    written = hash;
    apply();
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
