import { neuronCount } from '../../src/network/network.ts';
import { type FieldPicture, notifyError, useStore } from '../store/store.ts';
import type { FieldRequest } from '../workers/compute.worker.ts';
import { Latest } from './latest.ts';
import { mapSize } from './pictures.ts';
import { boxOf } from './view.ts';
import { compute } from './workers.ts';

/** Pixels per sample, coarse to fine. */
const LEVELS = [16, 8, 4, 2, 1];
/** While anything moves, a picture may take this long; a finer one waits until nothing has moved for a while. */
const MOVING_MS = 60;
const REFINE_AFTER_MS = 150;
const DEFAULT_RADIUS = 0.25;

let version = 0;
/** Milliseconds per sample of the last field, by kind and size of the network: what the next one will cost. */
const costs = new Map<string, number>();

/** Radius of the bound field: that of the selected circle. */
export function fieldRadius(): number {
  const { circles, selected } = useStore.getState();
  return circles.find((c) => c.id === selected)?.r ?? DEFAULT_RADIUS;
}

/** The coarsest level that is worth drawing: the finest one that is quick enough while things move. */
function firstLevel(cost: number): number {
  const samples = (level: number) => (mapSize.width * mapSize.height) / LEVELS[level] ** 2;
  let level = 0;
  while (level + 1 < LEVELS.length && cost * samples(level + 1) <= MOVING_MS) level++;
  return level;
}

const widthOf = ({ box }: FieldRequest): number => box.xMax - box.xMin;

/** Whether two fields can share a colour scale: counts depend on the radius, distances on the size of the view. */
const alike = (a: FieldRequest, b: FieldRequest): boolean =>
  a.kind === b.kind && (a.kind === 'distance' ? widthOf(a) === widthOf(b) : a.r === b.r);

/**
 * Top of the colour scale: it only grows as long as the fields are alike and of one run, so that the colours do not
 * flicker while the network trains. Where there is no crease at all the distance is infinite, and off the scale.
 */
function topOf(request: FieldRequest, run: number, values: Float32Array): number {
  const before = useStore.getState().field;
  let top = before?.run === run && alike(before, request) ? before.top : 0;
  for (const value of values) if (value > top && value < Number.POSITIVE_INFINITY) top = value;
  if (request.kind === 'distance') return top || widthOf(request);
  return Math.max(1, top);
}

async function draw(): Promise<void> {
  const { frame, settings } = useStore.getState();
  const { width, height } = mapSize;
  if (settings.show === 'regions' || !frame || width === 0) {
    if (useStore.getState().field) useStore.setState({ field: null });
    return;
  }
  const mine = version;
  const kind = settings.show;
  const key = `${kind} ${neuronCount(frame.net)} ${useStore.getState().compute?.backend}`;
  // Nothing is known of a network of this size yet: begin with the coarsest.
  const start = firstLevel(costs.get(key) ?? Number.POSITIVE_INFINITY);
  for (let level = start; level < LEVELS.length; level++) {
    const columns = Math.max(1, Math.round(width / LEVELS[level]));
    const rows = Math.max(1, Math.round(height / LEVELS[level]));
    const expected = (costs.get(key) ?? 0) * columns * rows;
    if (level > start && expected > MOVING_MS)
      await new Promise((resolve) => setTimeout(resolve, REFINE_AFTER_MS));
    if (version !== mine) return;
    const request: FieldRequest = {
      kind,
      box: boxOf(settings.view, width, height),
      columns,
      rows,
      r: fieldRadius(),
    };
    const began = performance.now();
    const values = await compute.field(frame.net, request);
    if (values === null) return;
    costs.set(key, (performance.now() - began) / (columns * rows));
    const { run } = frame;
    const field: FieldPicture = { ...request, run, values, top: topOf(request, run, values) };
    useStore.setState({ field });
    if (version !== mine) return;
  }
}

const follower = new Latest(draw, (error) => notifyError('The field could not be drawn', error));

/** Something the field depends on has changed. */
export function redrawField(): void {
  version++;
  follower.request();
}
