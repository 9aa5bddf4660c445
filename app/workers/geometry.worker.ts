import * as Comlink from 'comlink';
import type { Geometry, GeometryService, Progress, Served } from '../../src/jobs/services.ts';
import type { Model } from '../../src/model/model.ts';
import type { Box, RegionComplex } from '../../src/regions/complex/complex.ts';
import { linearRegionsInSteps } from '../../src/regions/linear/linearRegions.ts';
import { outputMapsInSteps } from '../../src/regions/linear/outputMaps.ts';
import { decisionBoundaryInSteps } from '../../src/regions/measure/decisionBoundary.ts';
import { type Overview, overviewOf } from '../../src/regions/measure/overview.ts';
import { type BoxRegions, boxRegionsInSteps } from '../../src/regions/query/boxRegions.ts';
import { DiscCount, type DiscRegions } from '../../src/regions/query/disc.ts';
import { Subdivision } from '../../src/regions/subdivide/subdivide.ts';
import type { Disc } from '../../src/settings/compound.ts';
import { Sliced, type Steps } from '../../src/steps.ts';
import { sayHello } from './alive.ts';
import { Gate } from './gate.ts';
import { crew, Pieces } from './pieces.ts';
import { buffersOf } from './transfer.ts';

/** Short enough that a newer request is seen within a frame. */
const SLICE_MS = 8;
/** Work that takes longer than this says how far it is, and shows it. */
const PATIENCE_MS = 150;
/** The next sketch is worth its packing when there are this many times the regions of the last. */
const SKETCH_GROWTH = 1.5;

/** What is not done after this long is divided among several workers. */
const ALONE_MS = 60;
/** After a picture with so many regions the next one is divided at once. */
const LARGE = 15_000;
let large = false;
let onProgress: (progress: Progress) => void = () => {};
let onNotice: (notice: string) => void = () => {};
/** Whether it was said that there is nobody to divide work among. */
let saidAlone = false;
/** Where the picture at work waits while it is stopped, and all work while nobody can see it. */
const gate = new Gate();
let newest = 0;
let newestCount = 0;
let newestBox = 0;
/** Counts of discs at work: a hand may be dragging them. */
let discsAtWork = 0;

/** Tells how far the work is, when it takes long; `sketch` makes the complex as it stands. */
class Teller {
  private readonly call: number;
  private readonly mine: number;
  private readonly began = performance.now();
  private sketched = 0;

  constructor(call: number, mine: number) {
    this.call = call;
    this.mine = mine;
  }

  get drew(): boolean {
    return this.sketched > 0;
  }

  async tell(regions: number, sketch: Subdivision | null): Promise<void> {
    if (performance.now() - this.began < PATIENCE_MS) return;
    const due = sketch !== null && regions > SKETCH_GROWTH * this.sketched;
    const drawn = due ? await inSlices(sketch.resultInSteps(), this.mine) : null;
    if (drawn) this.sketched = regions;
    const progress: Progress = { call: this.call, regions, sketch: drawn };
    onProgress(drawn ? Comlink.transfer(progress, buffersOf(drawn)) : progress);
  }
}

/** The complex, by this worker and, when it takes long, by others; null when call `mine` is not the newest any more. */
async function cut(
  net: Model,
  box: Box,
  maxRegions: number,
  teller: Teller,
  mine: number,
): Promise<RegionComplex | null> {
  const alone = new Subdivision(net, box, { maxRegions });
  const until = performance.now() + ALONE_MS;
  let state: 'alone' | 'hiring' | 'asked' = 'alone';
  while (!alone.run(SLICE_MS)) {
    await teller.tell(alone.regionsSoFar, alone);
    await gate.pass();
    if (newest !== mine) return null;
    if (state === 'asked' || (!large && performance.now() < until)) continue;
    if (state === 'alone') crew.hire();
    state = crew.settled ? 'asked' : 'hiring';
    // While the others start, which takes long where they do not, this worker goes on.
    if (state === 'hiring') continue;
    const pieces = crew.ready.length > 0 ? Pieces.of(net, box, maxRegions) : null;
    const complex = pieces && (await together(pieces, teller, mine, alone));
    if (complex || newest !== mine) return complex;
    sayWhetherAlone();
    // Nobody else is there, or there are more regions than allowed: the coarse picture is the one that this worker makes
    // layer by layer.
  }
  return inSlices(alone.resultInSteps(), mine);
}

/** Says once that large views take longer, and once more if that changed in between. */
function sayWhetherAlone(): void {
  const alone = crew.ready.length === 0;
  if (alone && !saidAlone)
    onNotice(
      'The workers that share large views could not be started, or have ended: one worker draws alone, which takes longer.',
    );
  saidAlone = alone;
}

/** Waits for the pieces, with an eye on newer calls. */
async function together(
  pieces: Pieces,
  teller: Teller,
  mine: number,
  alone: Subdivision,
): Promise<RegionComplex | null> {
  let waiting = true;
  const work = pieces.run().finally(() => {
    waiting = false;
  });
  const watch = async () => {
    while (waiting) {
      await new Promise((resolve) => setTimeout(resolve, SLICE_MS));
      await gate.pass();
      if (newest !== mine) pieces.callOff();
      // The pieces are shown when they are together; until then there is what came before them.
      else await teller.tell(pieces.regionsSoFar, teller.drew ? null : alone);
    }
  };
  const [merging] = await Promise.all([work, watch()]);
  return merging && inSlices(merging, mine);
}

/** What the work comes to; null when call `mine` is not the newest any more. */
async function inSlices<T>(steps: Steps<T>, mine: number): Promise<T | null> {
  const work = new Sliced(steps);
  while (!work.run(SLICE_MS)) {
    await gate.pass();
    if (newest !== mine) return null;
  }
  return work.result();
}

const api: Served<GeometryService> = {
  /** Hears how far a long subdivision is, and in a sentence what a person should know. */
  watch(listener: typeof onProgress, noticeListener: typeof onNotice): void {
    onProgress = listener;
    onNotice = noticeListener;
  },

  /** Starts what large views will need, so that it is there when they come. */
  prepare(): void {
    crew.hire();
  },

  /** Null when a newer request came before this one was done; `call` is what its progress is told under. */
  async subdivide(
    net: Model,
    box: Box,
    maxRegions: number,
    call: number,
  ): Promise<Geometry | null> {
    const mine = ++newest;
    // What waits there is out of date, and ends when it sees that.
    gate.hold(false);
    const complex = await cut(net, box, maxRegions, new Teller(call, mine), mine);
    if (complex === null) return null;
    large = complex.faceCount > LARGE;
    const maps = await inSlices(outputMapsInSteps(net, complex), mine);
    const linear = maps && (await inSlices(linearRegionsInSteps(net, complex, maps), mine));
    const boundary = linear && (await inSlices(decisionBoundaryInSteps(net, complex, maps), mine));
    if (maps === null || linear === null || boundary === null) return null;
    const geometry: Geometry = {
      complex,
      linearCount: linear.count,
      linearLabel: linear.label,
      changes: linear.changes,
      boundary,
    };
    return Comlink.transfer(geometry, [
      ...buffersOf(complex),
      geometry.linearLabel.buffer,
      geometry.changes.buffer,
      ...buffersOf(geometry.boundary),
    ]);
  },

  /** Stops the subdivision at work where it is, or lets it go on; a newer one takes over from one that is stopped. */
  hold(held: boolean): void {
    gate.hold(held);
    Pieces.hold(held);
  },

  /** Nobody can see what comes of the work: it waits where it is, and goes on when it is seen again. */
  rest(resting: boolean): void {
    gate.hold(resting, 'unseen');
    crew.tell((worker) => worker.rest(resting));
  },

  /** Exact counts in the open discs, in the order of the circles; null when it was called off. */
  async count(net: Model, circles: readonly Disc[]): Promise<DiscRegions[] | null> {
    const mine = ++newestCount;
    const found: DiscRegions[] = [];
    discsAtWork++;
    try {
      for (const { x, y, r } of circles) {
        const work = new DiscCount(net, x, y, r);
        while (!work.run(SLICE_MS)) {
          await gate.pass();
          if (newestCount !== mine) return null;
        }
        found.push(work.result());
      }
    } finally {
      discsAtWork--;
    }
    return found;
  },

  /** The count at work is not wanted any more. */
  callOffCount(): void {
    newestCount++;
  },

  /** Regions in a box, while no disc is being counted; null when it was called off or a newer one was asked for. */
  async countBox(net: Model, box: Box, maxRegions: number): Promise<BoxRegions | null> {
    const mine = ++newestBox;
    const work = new Sliced(boxRegionsInSteps(net, box, maxRegions));
    for (;;) {
      do await gate.pass();
      while (discsAtWork > 0 && newestBox === mine);
      if (newestBox !== mine) return null;
      if (work.run(SLICE_MS)) return work.result();
    }
  },

  /** The count of a box at work is not wanted any more. */
  callOffBox(): void {
    newestBox++;
  },

  /** Of `outlinesOf` a complex. */
  overview: (outlines: RegionComplex): Overview => overviewOf(outlines),
};

Comlink.expose(api);
void sayHello();
