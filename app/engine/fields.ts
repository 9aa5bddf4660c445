import * as Comlink from 'comlink';
import { type BoundMethod, workPerBall } from '../../src/bounds/methods.ts';
import { type Network, neuronCount } from '../../src/network/network.ts';
import { type FieldPicture, type FieldStatus, notifyError, useStore } from '../store/store.ts';
import type { FieldRequest } from '../workers/fieldPoints.ts';
import type { Frame } from '../workers/training.worker.ts';
import { finerGrid, firstGrid, MOVING_MS, timeFor } from './fieldLevels.ts';
import { Latest } from './latest.ts';
import { Pause } from './pause.ts';
import { mapSize } from './pictures.ts';
import { isGone } from './troubles.ts';
import { boxOf } from './view.ts';
import { compute } from './workers.ts';

const REFINE_AFTER_MS = 150;
/** While a person drags, a first picture that takes no longer than this is worth seeing although things have moved on. */
const WORTH_MS = 250;
const DEFAULT_RADIUS = 0.25;

const pause = new Pause();
let version = 0;
/** The picture at work. */
let work: {
  readonly began: number;
  readonly refines: boolean;
  readonly method: BoundMethod;
} | null = null;
/** Milliseconds per sample of the last field, by kind, method and size of the network: what the next one will cost. */
const costs = new Map<string, number>();
/** Multiply-adds a millisecond, before anything was measured: of one thread in 64 bits, and of kernels. */
const PLAIN_SPEED = 5e6;
const KERNEL_SPEED = 5e7;

/** Radius of the bound field: that of the selected circle. */
export function fieldRadius(): number {
  const { circles, selected } = useStore.getState();
  return circles.find((c) => c.id === selected)?.r ?? DEFAULT_RADIUS;
}

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
 * no trace. Where there is no crease at all the distance is infinite, and off the scale.
 */
function topOf(made: Omit<FieldPicture, 'top'>): number {
  const before = useStore.getState().field;
  const held = before?.run === made.run && before.replayed === made.replayed && alike(before, made);
  let top = held ? before.top : 0;
  for (const value of made.values) if (value > top && value < Number.POSITIVE_INFINITY) top = value;
  if (made.kind === 'distance') return top || widthOf(made);
  return Math.max(1, top);
}

/** What tells how dear a sample is, and the guess at it before one was measured. */
function costOf(net: Network, { kind, method }: Pick<FieldRequest, 'kind' | 'method'>) {
  const backend = useStore.getState().compute?.backend;
  const key = [kind, kind === 'bound' && method, neuronCount(net), backend].join();
  const speed = backend === 'reference' ? PLAIN_SPEED : KERNEL_SPEED;
  const guess = kind === 'bound' ? workPerBall(net, method) / speed : 0;
  return { key, guess };
}

const tell = (fieldStatus: FieldStatus | null) => useStore.setState({ fieldStatus });

/**
 * Asks for one picture and shows it; gives milliseconds per sample, or null when it was called off. What it waited for
 * others does not count: a coarser picture would wait as long.
 */
async function drawOnce(
  { net, run, status, step }: Frame,
  request: FieldRequest,
  cost: number,
  refines: boolean,
): Promise<number | null> {
  work = { began: performance.now(), refines, method: request.method };
  try {
    const made = await compute.field(net, request, cost);
    if (made === null) return null;
    const { values, ms } = made;
    const replayed = status === 'replaying' && step < useStore.getState().settings.steps;
    const picture = { ...request, run, replayed, values };
    useStore.setState({ field: { ...picture, top: topOf(picture) } });
    return ms / values.length;
  } finally {
    work = null;
    tell(null);
  }
}

async function draw(): Promise<void> {
  const { frame, settings } = useStore.getState();
  const { show: kind, method, view } = settings;
  const { width, height } = mapSize;
  if (kind === 'regions' || !frame || width === 0) {
    if (useStore.getState().field) useStore.setState({ field: null, fieldStatus: null });
    return;
  }
  const mine = version;
  const size = { width, height };
  const { key, guess } = costOf(frame.net, { kind, method });
  let cost = costs.get(key) ?? guess;
  let grid = firstGrid(size, cost, costs.has(key));
  tell(null);
  for (let refines = false; ; refines = true) {
    if (refines && timeFor(grid, cost) > MOVING_MS) await pause.wait(REFINE_AFTER_MS);
    if (version !== mine) return;
    const { columns, rows } = grid;
    const box = boxOf(view, width, height);
    const request: FieldRequest = { kind, method, box, columns, rows, r: fieldRadius() };
    const measured = await drawOnce(frame, request, cost, refines);
    if (measured === null) return;
    cost = measured;
    costs.set(key, cost);
    if (version !== mine) return;
    const finer = finerGrid(size, grid, cost);
    if (!finer) {
      if (grid.pixels > 1) tell({ state: 'coarse', pixels: grid.pixels });
      return;
    }
    grid = finer;
  }
}

const follower = new Latest(draw, (error) => notifyError('The field could not be drawn', error));

/** A picture of what is no more gives way; a first one only after `patience` milliseconds, for any is better than none. */
function supersede(patience: number): void {
  version++;
  pause.end();
  if (work && (work.refines || performance.now() - work.began > patience))
    void compute.callOffField();
  follower.request();
}

/** The network has learnt: the field follows when there is a picture of what it was. */
export function followField(): void {
  if (!isGone(useStore.getState().troubles, 'compute')) supersede(Number.POSITIVE_INFINITY);
}

/** Hears of fields that take long; called once for every worker. */
export function hearFields(): void {
  const hear = Comlink.proxy((done: number) => {
    // Progress comes by another way than results.
    if (work) tell({ state: 'working', method: work.method, done });
  });
  compute
    .watchFields(hear)
    .catch((error: unknown) => notifyError('Fields will not say how far they are', error));
}

/** A person changed something that the field depends on. */
export const redrawField = (): void => supersede(WORTH_MS);
