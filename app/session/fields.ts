import { workPerBall } from '../../src/bounds/methods.ts';
import type { FieldRequest } from '../../src/compute/fields.ts';
import type { Attempt } from '../../src/jobs/latest.ts';
import type { Frame } from '../../src/jobs/services.ts';
import type { Model } from '../../src/model/model.ts';
import type { Context } from './context.ts';
import { finerGrid, firstGrid, MOVING_MS, timeFor } from './fieldLevels.ts';
import type { FieldPicture, FieldStatus, State } from './state.ts';
import { type Cause, SUPERSEDED } from './superseding.ts';
import { isGone } from './troubles.ts';
import { boxInView } from './view.ts';

const REFINE_AFTER_MS = 150;
const DEFAULT_RADIUS = 0.25;
/** Multiply-adds a millisecond, before anything was measured: of one thread in 64 bits, and of kernels. */
const PLAIN_SPEED = 5e6;
const KERNEL_SPEED = 5e7;

/** Radius of the bound field: that of the selected circle. */
export const fieldRadius = ({ circles, selected }: State): number =>
  circles.find((c) => c.id === selected)?.r ?? DEFAULT_RADIUS;

const widthOf = ({ box }: FieldRequest): number => box.xMax - box.xMin;

/**
 * Whether two fields can share a colour scale: counts depend on the radius, distances on the size of the view. Methods
 * share one, so that a tighter bound is seen to be one: its colours are darker.
 */
const alike = (a: FieldRequest, b: FieldRequest): boolean =>
  a.kind === b.kind && (a.kind === 'distance' ? widthOf(a) === widthOf(b) : a.r === b.r);

/**
 * Top of the colour scale: it only grows as long as the fields are alike and of one run, so that the colours do not
 * flicker while the network trains. How many pictures there are on the way to the link's step is chance, and they leave
 * no trace. Where there is no crease at all, the distance is infinite and off the scale.
 */
function topOf(made: Omit<FieldPicture, 'top'>, before: FieldPicture | null): number {
  const held = before?.run === made.run && before.replayed === made.replayed && alike(before, made);
  let top = held ? before.top : 0;
  for (const value of made.values) if (value > top && value < Number.POSITIVE_INFINITY) top = value;
  if (made.kind === 'distance') return top || widthOf(made);
  return Math.max(1, top);
}

/** The field over the map, coarse first, and finer as long as nothing moves. */
export function createFields(context: Context) {
  const { compute } = context.workers;
  /** Milliseconds per sample of the last field, by kind, method and size of the network: what the next one will cost. */
  const costs = new Map<string, number>();

  /** The key of a measured cost, and the estimate before one is measured. */
  const costOf = (net: Model, { kind, method }: Pick<FieldRequest, 'kind' | 'method'>) => {
    const backend = context.state.compute?.backend;
    const key = [kind, kind === 'bound' && method, net.neurons, backend].join();
    const speed = backend === 'reference' ? PLAIN_SPEED : KERNEL_SPEED;
    const guess = kind === 'bound' ? workPerBall(net, method) / speed : 0;
    return { key, guess };
  };

  const tell = (fieldStatus: FieldStatus | null) => context.set({ fieldStatus });

  /**
   * Asks for one picture and shows it; gives milliseconds per sample. What it waited for others
   * does not count: a coarser picture would wait as long.
   */
  const drawOnce = async (
    { net, run, status, step }: Frame,
    request: FieldRequest,
    cost: number,
    signal: AbortSignal,
  ): Promise<number> => {
    const { method } = request;
    const onProgress = (done: number) => tell({ state: 'working', method, done });
    try {
      const asked = { net, request, cost };
      const { values, ms } = await compute.job('field', asked, { signal, onProgress });
      const replayed = status === 'replaying' && step < context.state.settings.steps;
      const picture = { ...request, run, replayed, values };
      context.set({ field: { ...picture, top: topOf(picture, context.state.field) } });
      return ms / values.length;
    } finally {
      tell(null);
    }
  };

  const draw = async (attempt: Attempt<Cause>): Promise<void> => {
    const { state } = context;
    const { frame, settings, mapSize } = state;
    const { show: kind, method } = settings;
    if (kind === 'regions' || !frame || mapSize.width === 0) {
      if (state.field) context.set({ field: null, fieldStatus: null });
      return;
    }
    const box = boxInView(state);
    const { key, guess } = costOf(frame.net, { kind, method });
    let cost = costs.get(key) ?? guess;
    let grid = firstGrid(mapSize, cost, costs.has(key));
    tell(null);
    for (;;) {
      const { columns, rows } = grid;
      const r = fieldRadius(context.state);
      const request: FieldRequest = { kind, method, box, columns, rows, r };
      cost = await drawOnce(frame, request, cost, attempt.signal);
      costs.set(key, cost);
      if (attempt.outdated) return;
      attempt.enter(SUPERSEDED.finerField);
      const finer = finerGrid(mapSize, grid, cost);
      if (!finer) {
        if (grid.pixels > 1) tell({ state: 'coarse', pixels: grid.pixels });
        return;
      }
      grid = finer;
      if (timeFor(grid, cost) > MOVING_MS) await attempt.rest(REFINE_AFTER_MS);
    }
  };

  const follower = context.latest('field', draw, (error) =>
    context.notifyError('The field could not be drawn', error),
  );

  return {
    /** A person changed something that the field depends on. */
    redraw: (): void => follower.request('change'),

    /** The network has changed: the field follows once the current one is shown. */
    follow(): void {
      if (!isGone(context.state.troubles, 'compute')) follower.request('training');
    },

    /** Draws nothing more until a redraw: the backend is being replaced. */
    drop: (): void => follower.cancel(),
  };
}
