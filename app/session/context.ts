import { subscribeWithSelector } from 'zustand/middleware';
import { createStore } from 'zustand/vanilla';
import { type Attempt, Latest } from '../../src/jobs/latest.ts';
import { WorkerGoneError } from '../../src/jobs/protocol.ts';
import type { Settings } from '../../src/settings/schema.ts';
import { beginning, type Notice, type State, type Subject } from './state.ts';
import { type Cause, type Kind, SUPERSEDED } from './superseding.ts';
import type { Trouble, WorkerName } from './troubles.ts';
import type { Workers, WorkersOf } from './workers.ts';

const MOST_NOTICES = 4;

const createSessionStore = (settings: Settings) =>
  createStore<State>()(subscribeWithSelector<State>(() => beginning(settings)));

export type SessionStore = ReturnType<typeof createSessionStore>;

/**
 * What the parts of one session share: the state, the workers, and an end. Whatever a part holds on to (a subscription, a
 * timer) it takes from here, so that the end of the session finds it.
 */
export class Context {
  readonly store: SessionStore;
  readonly workers: Workers;
  readonly #ends: (() => void)[] = [];
  #over = false;
  #nextNotice = 1;

  constructor(settings: Settings, startWorkers: WorkersOf) {
    this.store = createSessionStore(settings);
    this.workers = startWorkers({
      onFailure: (name, failure) => this.reportTrouble(name, failure),
      onSilence: (name, silent) =>
        silent
          ? this.reportTrouble(name, { cause: 'silent', detail: '' })
          : this.withdrawTrouble(name),
    });
    for (const worker of Object.values(this.workers)) this.atEnd(() => worker.end());
  }

  /** Whether the session has ended. */
  get over(): boolean {
    return this.#over;
  }

  get state(): State {
    return this.store.getState();
  }

  /** Nothing changes any more once the session is over. */
  set(part: Partial<State>): void {
    if (!this.#over) this.store.setState(part);
  }

  /** Calls `onChange` whenever the part of the state that `part` picks changes. */
  watch<T>(part: (state: State) => T, onChange: (now: T, before: T) => void): () => void {
    return this.atEnd(this.store.subscribe(part, onChange));
  }

  /** Work that is always about the newest state; `onError` gets its failures. */
  latest(
    kind: Kind,
    work: (attempt: Attempt<Cause>) => Promise<void>,
    onError: (error: unknown) => void,
  ): Latest<Cause> {
    const latest = new Latest<Cause>(SUPERSEDED[kind], work, onError);
    this.atEnd(() => latest.stop());
    return latest;
  }

  /**
   * Shows one sentence until a person closes it or its subject is gone; the same sentence is not shown twice at once.
   */
  notify(text: string, about: Subject | null = null, advice?: string): void {
    if (this.state.notices.some((notice) => notice.text === text)) return;
    this.show({ text, about, ...(advice && { advice }) });
  }

  /** Shows a notice whatever others say. */
  show(notice: Omit<Notice, 'id'>): void {
    const { notices } = this.state;
    this.set({ notices: [...notices, { id: this.#nextNotice++, ...notice }].slice(-MOST_NOTICES) });
  }

  /** Removes notices about a link or run that is gone: they would seem to be about the next. */
  withdrawNotices(subject: Subject): void {
    const { notices } = this.state;
    const left = notices.filter(({ about }) => about !== subject);
    if (left.length < notices.length) this.set({ notices: left });
  }

  /** The same for an error: what could not be done, and why. A worker that is gone has a notice of its own. */
  notifyError(what: string, error: unknown): void {
    if (error instanceof WorkerGoneError) this.set({ troublesClosed: false });
    else this.notify(`${what}: ${error instanceof Error ? error.message : error}`);
  }

  /** Reports a worker in trouble, with a button that starts it again, until that is over or a person closes the notice. */
  reportTrouble(name: WorkerName, trouble: Trouble): void {
    const { troubles } = this.state;
    this.set({ troubles: { ...troubles, [name]: trouble }, troublesClosed: false });
  }

  withdrawTrouble(...names: readonly WorkerName[]): void {
    const rest = { ...this.state.troubles };
    for (const name of names) delete rest[name];
    this.set({ troubles: rest });
  }

  /** Registers what to do at the end; the returned function does it earlier. */
  atEnd(end: () => void): () => void {
    if (this.#over) {
      end();
      return () => {};
    }
    this.#ends.push(end);
    return () => {
      const at = this.#ends.indexOf(end);
      if (at < 0) return;
      this.#ends.splice(at, 1);
      end();
    };
  }

  /** Ends subscriptions, timers and workers, the last one first. */
  end(): void {
    this.#over = true;
    for (const end of this.#ends.splice(0).reverse()) end();
  }
}
