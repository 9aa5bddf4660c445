import * as Comlink from 'comlink';
import type { Network } from '../../src/network/network.ts';
import { notify, notifyError, useStore } from '../store/store.ts';
import type { Progress } from '../workers/geometry.worker.ts';
import { Latest } from './latest.ts';
import { isGone } from './troubles.ts';
import { boxOf, sameBox } from './view.ts';
import { geometry } from './workers.ts';

/** A view with more regions is not finished: this many take a few hundred megabytes, and seconds. */
export const MOST_REGIONS = 1_000_000;

/** Size of the map in CSS pixels; 0 before the first layout. */
export const mapSize = { width: 0, height: 0 };

/** A picture that takes longer than this may be stopped. */
const SLOW_MS = 2000;

let calls = 0;
let finished = 0;
/** Network of the newest call. */
let atWork: Network | null = null;
let slow: ReturnType<typeof setTimeout> | undefined;

/** A new call is at work: if it takes long a person may stop it. */
function watchTime(): void {
  clearTimeout(slow);
  if (useStore.getState().slowPicture !== null) useStore.setState({ slowPicture: null });
  slow = setTimeout(() => useStore.setState({ slowPicture: 'drawing' }), SLOW_MS);
}

function complain(error: unknown): void {
  finished = calls;
  clearTimeout(slow);
  useStore.setState({ working: null, slowPicture: null, sketch: null });
  notifyError('The regions could not be drawn', error);
}

/**
 * Progress comes by another way than results: what is said of a call that is over is not news. A sketch is shown where
 * no picture of this view and run stands; while a network trains, the picture of a few steps before says more.
 */
function hearProgress({ call, regions, sketch }: Progress): void {
  if (call <= finished) return;
  const { picture, frame } = useStore.getState();
  useStore.setState({ working: regions });
  if (!sketch || !frame) return;
  const stands = picture?.run === frame.run && sameBox(picture.complex.box, sketch.box);
  if (!stands) useStore.setState({ sketch: { complex: sketch, net: frame.net } });
}

/** Hears how far long pictures are; called once for every worker. */
export const hearPictures = (): void => {
  geometry.watch(Comlink.proxy(hearProgress), Comlink.proxy(notify)).catch(complain);
};

async function draw(): Promise<void> {
  const { frame, settings } = useStore.getState();
  if (!frame || mapSize.width === 0) return;
  const { net, step, run } = frame;
  const box = boxOf(settings.view, mapSize.width, mapSize.height);
  const call = ++calls;
  atWork = net;
  watchTime();
  const made = await geometry.subdivide(net, box, MOST_REGIONS, call);
  if (made === null) return;
  finished = call;
  clearTimeout(slow);
  useStore.setState({
    picture: { ...made, run, net, step },
    working: null,
    slowPicture: null,
    sketch: null,
    hoverFace: null,
  });
}

const follower = new Latest(draw, complain);

/** The network moved on: draw it when the picture at work is done. One that a person stopped waits until it is gone on with. */
export function followNetwork(): void {
  const { slowPicture, troubles } = useStore.getState();
  if (slowPicture !== 'stopped' && !isGone(troubles, 'geometry')) follower.request();
}

/** A person changed what is to be seen: the picture at work is out of date and gives way. */
export function redrawNow(): void {
  void draw().catch(complain);
}

/** Stops a picture that takes long; what it has come to stays on the map. */
export function stopPicture(): void {
  if (useStore.getState().slowPicture !== 'drawing') return;
  useStore.setState({ slowPicture: 'stopped' });
  geometry.hold(true).catch(complain);
}

/** Goes on with the picture that was stopped where it stopped, or draws the network that has taken its place since. */
export function goOnWithPicture(): void {
  const { slowPicture, frame } = useStore.getState();
  if (slowPicture !== 'stopped') return;
  if (frame?.net !== atWork) {
    redrawNow();
    return;
  }
  useStore.setState({ slowPicture: 'drawing' });
  geometry.hold(false).catch(complain);
}
