import * as Comlink from 'comlink';
import type { Model } from '../../src/model/model.ts';
import type { PieceJob } from '../../src/regions/parallel/job.ts';
import { type PieceResult, PieceWork } from '../../src/regions/parallel/piece.ts';
import { Sliced } from '../../src/steps.ts';
import { sayHello } from './alive.ts';
import { Gate } from './gate.ts';
import { buffersOf } from './transfer.ts';

const SLICE_MS = 8;
const TELL_EVERY_MS = 50;
const gate = new Gate();
let newest = 0;

type Listener = ((more: number) => void) & Partial<Comlink.ProxyMethods>;

const api = {
  /** Cuts one piece; null when it was called off. `onRegions` hears how many regions were found since it last heard. */
  async cut(net: Model, job: PieceJob, onRegions: Listener): Promise<PieceResult | null> {
    const mine = ++newest;
    const work = new PieceWork(net, job);
    let told = 0;
    let toldAt = performance.now();
    const tell = () => {
      onRegions(work.regionsSoFar - told);
      told = work.regionsSoFar;
      toldAt = performance.now();
    };
    while (!work.run(SLICE_MS)) {
      if (performance.now() - toldAt > TELL_EVERY_MS) tell();
      await gate.pass();
      if (newest === mine) continue;
      onRegions[Comlink.releaseProxy]?.();
      return null;
    }
    tell();
    onRegions[Comlink.releaseProxy]?.();
    const packing = new Sliced(work.resultInSteps());
    while (!packing.run(SLICE_MS)) {
      await gate.pass();
      if (newest !== mine) return null;
    }
    const result = packing.result();
    return Comlink.transfer(result, buffersOf(result));
  },

  /** What is at work is not wanted any more. */
  callOff(): void {
    newest++;
    gate.hold(false);
  },

  /** Nobody can see what comes of it: it waits, or goes on. */
  rest(resting: boolean): void {
    gate.hold(resting, 'unseen');
  },

  /** Stops what is at work where it is, or lets it go on. */
  hold(held: boolean): void {
    gate.hold(held);
  },
};

export type PieceApi = typeof api;
Comlink.expose(api);
void sayHello();
