import { DEFAULT_MAX_REGIONS } from '../../src/regions/subdivide.ts';
import { notifyError, useStore } from '../store/store.ts';
import { Latest } from './latest.ts';
import { boxOf } from './view.ts';
import { geometry } from './workers.ts';

/** Size of the map in CSS pixels; 0 before the first layout. */
export const mapSize = { width: 0, height: 0 };

let calls = 0;
let finished = 0;

function complain(error: unknown): void {
  finished = calls;
  useStore.setState({ working: null });
  notifyError('The regions could not be drawn', error);
}

/** Progress comes by another way than results: what is said of a call that is over is not news. */
export function hearProgress(call: number, regions: number): void {
  if (call > finished) useStore.setState({ working: regions });
}

async function draw(): Promise<void> {
  const { frame, settings } = useStore.getState();
  if (!frame || mapSize.width === 0) return;
  const { net, step, run } = frame;
  const box = boxOf(settings.view, mapSize.width, mapSize.height);
  const call = ++calls;
  const made = await geometry.subdivide(net, box, DEFAULT_MAX_REGIONS);
  if (made === null) return;
  finished = call;
  useStore.setState({ picture: { ...made, run, net, step }, working: null, hoverFace: null });
}

const follower = new Latest(draw, complain);

/** The network moved on: draw it when the picture at work is done. */
export const followNetwork = (): void => follower.request();

/** A person changed what is to be seen: the picture at work is out of date and gives way. */
export function redrawNow(): void {
  void draw().catch(complain);
}
