import { Hold } from '../../src/jobs/hold.ts';
import type { Attempt } from '../../src/jobs/latest.ts';
import type { Frame, PictureProgress } from '../../src/jobs/services.ts';
import type { Model } from '../../src/model/model.ts';
import type { Context } from './context.ts';
import type { Cause } from './superseding.ts';
import { isGone } from './troubles.ts';
import { boxInView, sameBox } from './view.ts';

/** A view with more regions is not finished: this many take a few hundred megabytes, and seconds. */
export const MOST_REGIONS = 1_000_000;

/** A picture that takes longer than this may be stopped. */
const SLOW_MS = 2000;

/** The regions in view: asks for them, follows their progress, and shows them. */
export function createPictures(context: Context) {
  const { geometry } = context.workers;
  /** The current picture, or the last one. */
  let atWork: { readonly net: Model; readonly hold: Hold } | null = null;
  let slow: ReturnType<typeof setTimeout> | undefined;
  context.atEnd(() => clearTimeout(slow));

  /** A new picture has started: if it takes long, a person may stop it. */
  const watchTime = (): void => {
    clearTimeout(slow);
    if (context.state.slowPicture !== null) context.set({ slowPicture: null });
    slow = setTimeout(() => context.set({ slowPicture: 'drawing' }), SLOW_MS);
  };

  const complain = (error: unknown): void => {
    clearTimeout(slow);
    context.set({ working: null, slowPicture: null, sketch: null });
    context.notifyError('The regions could not be drawn', error);
  };

  /**
   * A sketch is shown where no picture of its view and run stands; while a network trains, the picture of a few steps
   * before says more.
   */
  const receive = (progress: PictureProgress, { net, run }: Pick<Frame, 'net' | 'run'>): void => {
    if ('notice' in progress) {
      context.notify(progress.notice);
      return;
    }
    const { regions, sketch } = progress;
    context.set({ working: regions });
    if (!sketch) return;
    const { picture } = context.state;
    const stands = picture?.run === run && sameBox(picture.complex.box, sketch.box);
    if (!stands) context.set({ sketch: { complex: sketch, net } });
  };

  const draw = async ({ signal }: Attempt<Cause>): Promise<void> => {
    const { state } = context;
    const { frame, mapSize } = state;
    if (!frame || mapSize.width === 0) return;
    const { net, step, run } = frame;
    const hold = new Hold();
    atWork = { net, hold };
    watchTime();
    const asked = { net, box: boxInView(state), maxRegions: MOST_REGIONS };
    const onProgress = (progress: PictureProgress) => receive(progress, frame);
    const made = await geometry.job('picture', asked, { signal, hold, onProgress });
    clearTimeout(slow);
    context.set({
      picture: { ...made, run, net, step },
      working: null,
      slowPicture: null,
      sketch: null,
      hoverFace: null,
    });
  };

  const follower = context.latest('picture', draw, complain);

  /** A person changed the view: the current picture is out of date and is cancelled. */
  const redraw = (): void => follower.request('change');

  return {
    redraw,

    /** The network moved on: draw it when the current picture is done. One that a person stopped waits until it is resumed. */
    follow(): void {
      const { slowPicture, troubles } = context.state;
      if (slowPicture !== 'stopped' && !isGone(troubles, 'geometry')) follower.request('training');
    },

    /** Stops a picture that takes long; what it has come to stays on the map. */
    stop(): void {
      if (context.state.slowPicture !== 'drawing') return;
      context.set({ slowPicture: 'stopped' });
      atWork?.hold.set(true);
    },

    /** Resumes the stopped picture where it stopped, or draws the network that has replaced its network since. */
    goOn(): void {
      const { slowPicture, frame } = context.state;
      if (slowPicture !== 'stopped') return;
      if (frame?.net !== atWork?.net) {
        redraw();
        return;
      }
      context.set({ slowPicture: 'drawing' });
      atWork?.hold.set(false);
    },
  };
}
