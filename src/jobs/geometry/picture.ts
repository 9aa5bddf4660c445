import type { Model } from '../../model/model.ts';
import type { Box, RegionComplex } from '../../regions/complex/complex.ts';
import { linearRegionsInSteps } from '../../regions/linear/linearRegions.ts';
import { outputMapsInSteps } from '../../regions/linear/outputMaps.ts';
import { decisionBoundaryInSteps } from '../../regions/measure/decisionBoundary.ts';
import { Subdivision } from '../../regions/subdivide/subdivide.ts';
import type { Steps } from '../../steps.ts';
import { buffersOf, moved, type Turn } from '../server.ts';
import type { Geometry, GeometryJobs, PictureProgress } from '../services.ts';
import { inSlices, pass } from '../slices.ts';
import { type Crew, Pieces } from './pieces.ts';

/** Work that takes longer than this reports progress and shows sketches. */
const PATIENCE_MS = 150;
/** The next sketch is sent when there are this many times the regions of the last. */
const SKETCH_GROWTH = 1.5;
/** What is not done after this long is divided among several workers. */
const ALONE_MS = 60;
/** After a picture with so many regions the next one is divided at once. */
const LARGE = 15_000;
/** How often the progress of the others is looked at. */
const LOOK_MS = 8;

/** Reports progress when the work takes long. */
class Teller {
  readonly #turn: Turn<PictureProgress>;
  readonly #began = performance.now();
  #sketched = 0;

  constructor(turn: Turn<PictureProgress>) {
    this.#turn = turn;
  }

  get drew(): boolean {
    return this.#sketched > 0;
  }

  /** @param sketch makes the complex as it stands */
  async tell(regions: number, sketch: Subdivision | null): Promise<void> {
    if (performance.now() - this.#began < PATIENCE_MS) return;
    const due = sketch !== null && regions > SKETCH_GROWTH * this.#sketched;
    const drawn = due ? await inSlices(sketch.resultInSteps(), this.#turn) : null;
    if (drawn) this.#sketched = regions;
    this.#turn.tell({ regions, sketch: drawn }, drawn ? buffersOf(drawn) : []);
  }
}

/** The regions of a view, by one worker and, when it takes long, by others. */
export function pictureJob(crew: Crew) {
  let large = false;
  /** Whether the notice that there are no workers to divide work among was sent. */
  let saidAlone = false;

  /** Says once that large views take longer, and once more if that changed in between. */
  const sayWhetherAlone = (turn: Turn<PictureProgress>): void => {
    const alone = crew.ready.length === 0;
    if (alone && !saidAlone)
      turn.tell({
        notice:
          'The workers that share large views could not be started, or have ended: one worker draws alone, which takes longer.',
      });
    saidAlone = alone;
  };

  const cut = async (
    net: Model,
    box: Box,
    maxRegions: number,
    turn: Turn<PictureProgress>,
  ): Promise<RegionComplex> => {
    const teller = new Teller(turn);
    const alone = new Subdivision(net, box, { maxRegions });
    const until = performance.now() + ALONE_MS;
    let state: 'alone' | 'hiring' | 'asked' = 'alone';
    let shared: RegionComplex | null = null;
    const cutting = function* (): Steps<void> {
      const steps = alone.cutInSteps();
      while (shared === null && !steps.next().done) yield;
    };
    await inSlices(cutting(), turn, async () => {
      await teller.tell(alone.regionsSoFar, alone);
      if (state === 'asked' || (!large && performance.now() < until)) return;
      if (state === 'alone') crew.hire();
      state = crew.settled ? 'asked' : 'hiring';
      // While the others start (a failed start takes long to notice), this worker goes on.
      if (state === 'hiring') return;
      const pieces = crew.ready.length > 0 ? Pieces.of(net, box, maxRegions, crew, turn) : null;
      shared = pieces && (await together(pieces, teller, alone, turn));
      // Nobody else is there, or there are more regions than allowed: the coarse picture is the one that this worker
      // makes layer by layer.
      if (shared === null) sayWhetherAlone(turn);
    });
    return shared ?? inSlices(alone.resultInSteps(), turn);
  };

  return async (
    { net, box, maxRegions }: GeometryJobs['picture']['parameters'],
    turn: Turn<PictureProgress>,
  ) => {
    const complex = await cut(net, box, maxRegions, turn);
    large = complex.faceCount > LARGE;
    const maps = await inSlices(outputMapsInSteps(net, complex), turn);
    const linear = await inSlices(linearRegionsInSteps(net, complex, maps), turn);
    const boundary = await inSlices(decisionBoundaryInSteps(net, complex, maps), turn);
    const { count: linearCount, label: linearLabel, changes } = linear;
    const geometry: Geometry = { complex, linearCount, linearLabel, changes, boundary };
    return moved(geometry, [
      ...buffersOf(complex),
      ...buffersOf({ linearLabel, changes }),
      ...buffersOf(boundary),
    ]);
  };
}

/** Waits for the pieces and reports their progress. */
async function together(
  pieces: Pieces,
  teller: Teller,
  alone: Subdivision,
  turn: Turn<PictureProgress>,
): Promise<RegionComplex | null> {
  let waiting = true;
  const work = pieces.run().finally(() => {
    waiting = false;
  });
  const watch = async () => {
    while (waiting) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      await pass(turn);
      // The pieces are shown when they are together; until then there is what came before them.
      await teller.tell(pieces.regionsSoFar, teller.drew ? null : alone);
    }
  };
  const [complex] = await Promise.all([work, watch()]);
  return complex;
}
