import { glide } from '../map/glide.ts';
import { readAddress } from '../session/link.ts';
import { createSession, type Session } from '../session/session.ts';
import { addressOfPage, followAddress } from './address.ts';
import { watchUnseen } from './visible.ts';
import { startWorkers } from './workers.ts';

const LATEST_IDLE_MS = 2000;

/** Does work when the browser has nothing else to do; Safari has no idle callbacks. */
function whenIdle(work: () => void): () => void {
  if (!window.requestIdleCallback) {
    const timer = setTimeout(work, 200);
    return () => clearTimeout(timer);
  }
  const waiting = window.requestIdleCallback(work, { timeout: LATEST_IDLE_MS });
  return () => cancelIdleCallback(waiting);
}

/**
 * The session of a page that shows one: it starts with what the address asks for and keeps the address up to date, pauses
 * while nobody sees the page, and sets its theme on the whole document. `root` says when the first picture is there.
 * `dispose` also removes the page's listeners.
 */
export function openPage(root: HTMLElement, embedded: boolean): Session {
  const { settings, problems } = readAddress(addressOfPage(embedded));
  const session = createSession({
    settings,
    workers: startWorkers,
    embedded,
    cores: navigator.hardwareConcurrency,
    travel: glide,
    whenIdle,
  });
  const { store, actions } = session;
  // A worker that a policy forbids fails like one that is missing; only this event tells which it was.
  const forbid = ({ effectiveDirective }: SecurityPolicyViolationEvent) => {
    if (effectiveDirective === 'worker-src') actions.forbidWorkers();
  };
  document.addEventListener('securitypolicyviolation', forbid);
  if (problems.length > 0) actions.notify(problems.join('\n'), 'link');
  const ends = [
    () => document.removeEventListener('securitypolicyviolation', forbid),
    followAddress(session, embedded),
    watchUnseen(actions.rest),
  ];
  const follow = <T>(...watch: Parameters<typeof store.subscribe<T>>) =>
    ends.push(store.subscribe(...watch));
  follow(
    (s) => s.settings.theme,
    (theme) => {
      document.documentElement.dataset.theme = theme;
    },
    { fireImmediately: true },
  );
  // The first picture is there: a script that takes pictures of the page waits for this.
  follow(
    (s) =>
      s.picture?.run === s.run && s.frame?.status !== 'replaying' && s.picture.net === s.frame?.net,
    (ready) => {
      root.dataset.ready = String(ready);
    },
  );
  return {
    ...session,
    dispose() {
      for (const end of ends.splice(0)) end();
      session.dispose();
    },
  };
}
