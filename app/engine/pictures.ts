import type { Box } from '../../src/regions/complex/complex.ts';
import { notifyError, useStore } from '../store/store.ts';
import type { Progress } from '../workers/geometry.worker.ts';
import { Latest } from './latest.ts';
import { boxOf } from './view.ts';
import { geometry } from './workers.ts';

/** A view with more regions is not finished: this many take a few hundred megabytes, and seconds. */
export const MOST_REGIONS = 1_000_000;

/** Size of the map in CSS pixels; 0 before the first layout. */
export const mapSize = { width: 0, height: 0 };

let calls = 0;
let finished = 0;

function complain(error: unknown): void {
  finished = calls;
  useStore.setState({ working: null, sketch: null });
  notifyError('The regions could not be drawn', error);
}

const sameBox = (a: Box, b: Box): boolean =>
  a.xMin === b.xMin && a.xMax === b.xMax && a.yMin === b.yMin && a.yMax === b.yMax;

/**
 * Progress comes by another way than results: what is said of a call that is over is not news. A sketch is shown where
 * no picture of this view and run stands; while a network trains, the picture of a few steps before says more.
 */
export function hearProgress({ call, regions, sketch }: Progress): void {
  if (call <= finished) return;
  const { picture, frame } = useStore.getState();
  useStore.setState({ working: regions });
  if (!sketch || !frame) return;
  const stands = picture?.run === frame.run && sameBox(picture.complex.box, sketch.box);
  if (!stands) useStore.setState({ sketch: { complex: sketch, net: frame.net } });
}

async function draw(): Promise<void> {
  const { frame, settings } = useStore.getState();
  if (!frame || mapSize.width === 0) return;
  const { net, step, run } = frame;
  const box = boxOf(settings.view, mapSize.width, mapSize.height);
  const call = ++calls;
  const made = await geometry.subdivide(net, box, MOST_REGIONS);
  if (made === null) return;
  finished = call;
  useStore.setState({
    picture: { ...made, run, net, step },
    working: null,
    sketch: null,
    hoverFace: null,
  });
}

const follower = new Latest(draw, complain);

/** The network moved on: draw it when the picture at work is done. */
export const followNetwork = (): void => follower.request();

/** A person changed what is to be seen: the picture at work is out of date and gives way. */
export function redrawNow(): void {
  void draw().catch(complain);
}
