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

/**
 * Top of the colour scale: for the bound it only grows as long as radius, view and network stay the same in kind, so
 * that the colours do not flicker while the network trains.
 */
function topOf(request: FieldRequest, run: number, values: Float32Array): number {
  const before = useStore.getState().field;
  let top = 1;
  if (before && before.run === run && before.kind === request.kind && before.r === request.r)
    top = before.top;
  for (const value of values) if (value > top) top = value;
  return top;
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
