import { useStore } from '../store/store.ts';
import { followAddress } from './address.ts';
import { keepCounting } from './boxCounts.ts';
import { followCircles, measureCircles } from './circles.ts';
import { openCompute } from './compute.ts';
import { fieldRadius, followField, hearFields, redrawField } from './fields.ts';
import { keepLadder } from './ladder.ts';
import { measureRegions } from './overview.ts';
import { followNetwork, hearPictures, redrawNow } from './pictures.ts';
import { recordCircles } from './record.ts';
import { mindTroubles } from './restart.ts';
import { hearTraining } from './run.ts';
import { keepSampling } from './sampling.ts';
import { fetchTheRest } from './spares.ts';
import { restWhileUnseen } from './visible.ts';

/**
 * Ties what the app knows to the workers that find it out. Called once, before the first paint.
 *
 * @param embedded in a frame the regions are counted in the link's square, not in the charts'
 */
export function startEngine(embedded: boolean): void {
  openCompute();
  hearTraining();
  hearFields();
  hearPictures();
  mindTroubles();
  useStore.subscribe(
    (s) => s.frame,
    (frame, before) => {
      if (frame?.net === before?.net) return;
      // A new run makes the picture at work pointless; a further step only makes it a little older.
      if (frame?.run === before?.run) {
        followNetwork();
        followCircles();
        followField();
      } else {
        redrawNow();
        measureCircles();
        redrawField();
      }
    },
  );
  useStore.subscribe(
    (s) => s.settings.view,
    () => {
      redrawNow();
      redrawField();
    },
  );
  useStore.subscribe((s) => s.picture, measureRegions);
  useStore.subscribe((s) => s.circleResults, recordCircles);
  // A drawing tool left in hand would replace other data at the next click.
  useStore.subscribe(
    (s) => s.settings.data,
    (data) => {
      if (data !== 'drawn') useStore.setState({ tool: 'circle' });
    },
  );
  useStore.subscribe((s) => s.settings.show, redrawField);
  useStore.subscribe((s) => s.settings.method, redrawField);
  useStore.subscribe((s) => s.settings.compute, openCompute);
  useStore.subscribe((s) => s.circles, measureCircles);
  useStore.subscribe(fieldRadius, () => {
    if (useStore.getState().settings.show === 'bound') redrawField();
  });
  keepCounting(embedded);
  keepLadder();
  keepSampling();
  followAddress();
  restWhileUnseen();
  fetchTheRest();
}

/** The map has a new size. */
export function resized(): void {
  redrawNow();
  redrawField();
}
