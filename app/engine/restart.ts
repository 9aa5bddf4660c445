import { useStore, withdrawTrouble } from '../store/store.ts';
import { measureCircles } from './circles.ts';
import { openCompute } from './compute.ts';
import { hearFields } from './fields.ts';
import { repeatLadder } from './ladder.ts';
import { measureRegions } from './overview.ts';
import { hearPictures, redrawNow } from './pictures.ts';
import { hearTraining, interrupt, takeUpRun } from './run.ts';
import { repeatSampling } from './sampling.ts';
import { fetchTheRest } from './spares.ts';
import { isGone, type WorkerName } from './troubles.ts';
import { workers } from './workers.ts';

/** What a new worker is told and asked, so that what was under way with the one before it goes on. */
const goOn: Readonly<Record<WorkerName, () => void>> = {
  training() {
    hearTraining();
    takeUpRun();
  },
  geometry() {
    hearPictures();
    redrawNow();
  },
  discs() {
    measureCircles();
    measureRegions();
  },
  compute() {
    hearFields();
    openCompute();
    repeatLadder();
    repeatSampling();
  },
};

/** Starts the workers that are in trouble again, as soon as a person says so. */
export function startAgain(): void {
  const names = Object.keys(useStore.getState().troubles) as WorkerName[];
  // One that was only silent is given up now: what it did is taken up by the next as well.
  if (names.includes('training')) interrupt();
  for (const name of names) workers[name].start();
  useStore.setState({ workersForbidden: false });
  withdrawTrouble(...names);
  for (const name of names) goOn[name]();
  fetchTheRest();
}

/** Keeps what is shown true of workers that are gone. */
export function mindTroubles(): void {
  useStore.subscribe(
    (s) => s.troubles,
    (troubles) => {
      if (isGone(troubles, 'training')) interrupt();
      if (isGone(troubles, 'compute')) useStore.setState({ compute: null, fieldStatus: null });
    },
  );
}
