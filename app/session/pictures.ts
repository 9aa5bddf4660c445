import type { Progress } from '../../src/jobs/services.ts';
import type { Model } from '../../src/model/model.ts';
import type { Context } from './context.ts';
import { isGone } from './troubles.ts';
import { boxInView, sameBox } from './view.ts';

/** A view with more regions is not finished: this many take a few hundred megabytes, and seconds. */
export const MOST_REGIONS = 1_000_000;

/** A picture that takes longer than this may be stopped. */
const SLOW_MS = 2000;

/** The regions in view: asks for them, hears how far they are, and shows them. */
export function createPictures(context: Context) {
  const { geometry } = context.services;
  let calls = 0;
  let finished = 0;
  /** Network of the newest call. */
  let atWork: Model | null = null;
  let slow: ReturnType<typeof setTimeout> | undefined;
  context.atEnd(() => clearTimeout(slow));

  /** A new call is at work: if it takes long a person may stop it. */
  const watchTime = (): void => {
    clearTimeout(slow);
    if (context.state.slowPicture !== null) context.set({ slowPicture: null });
    slow = setTimeout(() => context.set({ slowPicture: 'drawing' }), SLOW_MS);
  };

  const complain = (error: unknown): void => {
    finished = calls;
    clearTimeout(slow);
    context.set({ working: null, slowPicture: null, sketch: null });
    context.notifyError('The regions could not be drawn', error);
  };

  /**
   * Progress comes by another way than results: what is said of a call that is over is not news. A sketch is shown where
   * no picture of this view and run stands; while a network trains, the picture of a few steps before says more.
   */
  const hearProgress = ({ call, regions, sketch }: Progress): void => {
    if (call <= finished) return;
    const { picture, frame } = context.state;
    context.set({ working: regions });
    if (!sketch || !frame) return;
    const stands = picture?.run === frame.run && sameBox(picture.complex.box, sketch.box);
    if (!stands) context.set({ sketch: { complex: sketch, net: frame.net } });
  };

  const draw = async (): Promise<void> => {
    const { state } = context;
    const { frame, mapSize } = state;
    if (!frame || mapSize.width === 0) return;
    const { net, step, run } = frame;
    const call = ++calls;
    atWork = net;
    watchTime();
    const made = await geometry.subdivide(net, boxInView(state), MOST_REGIONS, call);
    if (made === null) return;
    finished = call;
    clearTimeout(slow);
    context.set({
      picture: { ...made, run, net, step },
      working: null,
      slowPicture: null,
      sketch: null,
      hoverFace: null,
    });
  };

  const follower = context.latest(draw, complain);

  /** A person changed what is to be seen: the picture at work is out of date and gives way. */
  const redraw = (): void => {
    void draw().catch(complain);
  };

  return {
    redraw,

    /** Hears how far long pictures are; called once for every worker. */
    hear(): void {
      geometry.watch(hearProgress, (text) => context.notify(text)).catch(complain);
    },

    /** The network moved on: draw it when the picture at work is done. One that a person stopped waits until it is gone on with. */
    follow(): void {
      const { slowPicture, troubles } = context.state;
      if (slowPicture !== 'stopped' && !isGone(troubles, 'geometry')) follower.request();
    },

    /** Stops a picture that takes long; what it has come to stays on the map. */
    stop(): void {
      if (context.state.slowPicture !== 'drawing') return;
      context.set({ slowPicture: 'stopped' });
      geometry.hold(true).catch(complain);
    },

    /** Goes on with the picture that was stopped where it stopped, or draws the network that has taken its place since. */
    goOn(): void {
      const { slowPicture, frame } = context.state;
      if (slowPicture !== 'stopped') return;
      if (frame?.net !== atWork) {
        redraw();
        return;
      }
      context.set({ slowPicture: 'drawing' });
      geometry.hold(false).catch(complain);
    },
  };
}
