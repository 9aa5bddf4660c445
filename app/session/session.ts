import type { ComputeStatus } from '../../src/jobs/services.ts';
import { clampView, tidyView } from '../../src/settings/compound.ts';
import { QUERY_KEYS, readLink } from '../../src/settings/link.ts';
import type { Settings } from '../../src/settings/schema.ts';
import { keepCounting } from './boxCounts.ts';
import { createMeasuring } from './circles.ts';
import { Context, type SessionStore } from './context.ts';
import { createEditing, isPen } from './edit.ts';
import { createFields, fieldRadius } from './fields.ts';
import { createLadder } from './ladder.ts';
import { type Link, readAddress } from './link.ts';
import { createOverviews } from './overview.ts';
import { createPictures } from './pictures.ts';
import { createRecords } from './record.ts';
import { createRun } from './run.ts';
import { createSampling } from './sampling.ts';
import type { Focus, NeuronRef, Size, Subject, Tool } from './state.ts';
import { createJourneys, jump, type Travel } from './travel.ts';
import { isGone, type WorkerName } from './troubles.ts';
import type { WorkersOf } from './workers.ts';

const SOON_MS = 200;

/** What a session starts with, and what it needs from its environment. */
export interface SessionOptions {
  readonly settings: Settings;
  readonly workers: WorkersOf;
  /** Counts the regions in the link's square, as a frame shows them, and not in the charts' square. */
  readonly embedded?: boolean;
  /** Threads that large computations may share. */
  readonly cores?: number;
  /** How the view moves to another; without it the view jumps. */
  readonly travel?: Travel;
  /** Does work when there is nothing else to do; returns what cancels it. */
  readonly whenIdle?: (work: () => void) => () => void;
}

/** What can be done with a session. */
export type Actions = ReturnType<typeof connect>;

export interface Session {
  readonly store: SessionStore;
  readonly actions: Actions;
  /** Ends it: its workers, timers and subscriptions are gone, and its state changes no more. */
  readonly dispose: () => void;
}

function soon(work: () => void): () => void {
  const timer = setTimeout(work, SOON_MS);
  return () => clearTimeout(timer);
}

/**
 * One ReLUscope: its state, the actions on it, and its end. It needs no page, and a page can have several: each has its own
 * state and workers.
 *
 * The run that the settings describe starts at once. Regions are drawn as soon as a map has reported its size.
 */
export function createSession(options: SessionOptions): Session {
  const context = new Context(options.settings, options.workers);
  const actions = connect(context, options);
  return { store: context.store, actions, dispose: () => context.end() };
}

/** Connects the parts of a session to the changes they react to, and returns its actions. */
function connect(context: Context, options: SessionOptions) {
  const { embedded = false, cores = 1, travel = jump, whenIdle = soon } = options;
  const { geometry, compute } = context.workers;
  const records = createRecords(context);
  const run = createRun(context, records);
  const editing = createEditing(context, run);
  const journeys = createJourneys(context, run, travel);
  const pictures = createPictures(context);
  const fields = createFields(context);
  const measuring = createMeasuring(context);
  const overviews = createOverviews(context);

  /** Ends the job that holds the backend open. */
  let opened = new AbortController();
  /** Opens the backend that the settings ask for in place of the old one, and measures everything again with it. */
  const openCompute = (): void => {
    opened.abort();
    opened = new AbortController();
    const { signal } = opened;
    fields.drop();
    let isOpen = false;
    const onProgress = (status: ComputeStatus): void => {
      context.set({ compute: status });
      if (status.notice) context.notify(status.notice);
      if (isOpen) return;
      isOpen = true;
      measuring.measure();
      fields.redraw();
    };
    const prefer = context.state.settings.compute;
    compute.job('backend', { prefer, cores }, { signal, onProgress }).catch((error: unknown) => {
      if (!signal.aborted) context.notifyError('Bounds and fields cannot be computed', error);
    });
  };

  /**
   * After the first picture, fetches what only some views and settings need: the workers for large views and large batches,
   * and the kernels for WebGPU. Nothing more is fetched from the site after that, so it may be unreachable.
   */
  const fetchTheRest = (): void => {
    const fetchAll = () => {
      // A failure does not matter yet: whoever needs it tries again and reports.
      geometry.job('prepare', undefined).catch(() => {});
      compute.job('prepare', { cores }).catch(() => {});
    };
    if (context.state.picture !== null) {
      context.atEnd(whenIdle(fetchAll));
      return;
    }
    const stop = context.watch(
      (s) => s.picture !== null,
      () => {
        stop();
        context.atEnd(whenIdle(fetchAll));
      },
    );
  };

  const open = (settings: Settings): void => {
    const circles = editing.circlesOf(settings);
    const selected = circles[0]?.id ?? null;
    context.set({ settings, opened: settings, circles, selected, focus: null, leftView: null });
    run.start();
  };

  openCompute();
  context.watch(
    (s) => s.frame,
    (frame, before) => {
      if (frame?.net === before?.net) return;
      // A new run makes the current picture pointless; a further step only makes it a little older.
      if (frame?.run === before?.run) {
        pictures.follow();
        measuring.follow();
        fields.follow();
      } else {
        pictures.redraw();
        measuring.measure();
        fields.redraw();
      }
    },
  );
  context.watch(
    (s) => s.troubles,
    (troubles) => {
      if (isGone(troubles, 'training')) run.interrupt();
      if (isGone(troubles, 'compute')) context.set({ compute: null, fieldStatus: null });
    },
  );
  const redraw = () => {
    pictures.redraw();
    fields.redraw();
  };
  context.watch((s) => s.settings.view, redraw);
  context.watch((s) => s.mapSize, redraw);
  context.watch((s) => s.picture, overviews.measure);
  context.watch((s) => s.circleResults, records.circles);
  // A drawing tool left in hand would replace other data at the next click.
  context.watch(
    (s) => s.settings.data,
    (data) => {
      if (data !== 'drawn' && isPen(context.state.tool)) context.set({ tool: 'circle' });
    },
  );
  context.watch((s) => s.settings.show, fields.redraw);
  context.watch((s) => s.settings.method, fields.redraw);
  context.watch((s) => s.settings.compute, openCompute);
  context.watch((s) => s.circles, measuring.measure);
  context.watch(fieldRadius, () => {
    if (context.state.settings.show === 'bound') fields.redraw();
  });
  keepCounting(context, records, embedded);
  const ladder = createLadder(context);
  const sampling = createSampling(context);
  open(options.settings);
  fetchTheRest();

  /** What a new worker is asked, to resume what the old one was doing. */
  const goOn: Readonly<Record<WorkerName, () => void>> = {
    training: run.takeUp,
    geometry: pictures.redraw,
    discs() {
      measuring.measure();
      overviews.measure();
    },
    compute() {
      openCompute();
      ladder.repeat();
      sampling.repeat();
    },
  };

  const { play, pause, advance, reset, newWeights, change } = run;
  const { circlesOf: _, ...edits } = editing;
  return {
    play,
    pause,
    advance,
    reset,
    newWeights,
    change,
    ...edits,
    ...journeys,

    /** Opens what an address asks for, and names what it cannot use. */
    openLink(link: Link): void {
      const { settings, problems } = readAddress(link);
      context.withdrawNotices('link');
      if (problems.length > 0) context.notify(problems.join('\n'), 'link');
      open(settings);
    },

    /** Opens the hash of a scene in the theme and on the backend that are on, and trains it at once if it `plays`. */
    openScene(hash: string, plays: boolean): void {
      const { settings } = context.state;
      const kept = Object.fromEntries(QUERY_KEYS.map((key) => [key, settings[key]]));
      context.withdrawNotices('link');
      open({ ...readLink(hash).settings, ...kept });
      if (plays) play();
    },

    /** The map has another size. */
    resize: (mapSize: Size): void => context.set({ mapSize }),
    setTool: (tool: Tool): void => context.set({ tool }),
    /** Shows a part of the plane that is smaller by this factor, about the same middle. */
    zoom(factor: number): void {
      const { view } = context.state.settings;
      change({ view: clampView(tidyView({ ...view, half: view.half / factor })) });
    },
    present: (presenting: boolean): void => context.set({ presenting }),
    selectCircle: (id: number): void => context.set({ selected: id }),
    /** What is under the pointer: a face of the picture, a crease beside it. */
    point: (hoverFace: number | null, highlight: NeuronRef | null): void =>
      context.set({ hoverFace, highlight }),
    highlight: (highlight: NeuronRef | null): void => context.set({ highlight }),
    outlineSquare: (squareOutlined: boolean): void => context.set({ squareOutlined }),
    /** Marks the region at a place. */
    mark: (focus: Focus | null): void => context.set({ focus }),
    openLadder: (ladderOpen: boolean): void => context.set({ ladderOpen }),
    showOverview: overviews.show,
    listThisView: overviews.relist,
    stopPicture: pictures.stop,
    goOnWithPicture: pictures.goOn,

    notify: (text: string, about: Subject | null = null): void => context.notify(text, about),
    dismiss: (id: number): void =>
      context.set({ notices: context.state.notices.filter((notice) => notice.id !== id) }),
    closeTroubles: (): void => context.set({ troublesClosed: true }),
    /** The site's policy forbids workers. */
    forbidWorkers: (): void => context.set({ workersForbidden: true }),

    /** Starts the workers that are in trouble again. */
    startAgain(): void {
      if (context.over) return;
      const names = Object.keys(context.state.troubles) as WorkerName[];
      // One that was only silent is given up now: the next one resumes its work too.
      if (names.includes('training')) run.interrupt();
      for (const name of names) context.workers[name].start();
      context.set({ workersForbidden: false });
      context.withdrawTrouble(...names);
      for (const name of names) goOn[name]();
      fetchTheRest();
    },

    /** Holds all work while nobody can see it, or resumes it; what a person paused or stopped stays so. */
    rest(resting: boolean): void {
      for (const worker of Object.values(context.workers)) worker.rest(resting);
    },
  };
}
