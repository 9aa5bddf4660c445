import { type FieldPicture, notify, useStore } from '../store/store.ts';
import { Latest } from './latest.ts';
import { mapSize } from './pictures.ts';
import { boxOf } from './view.ts';
import { compute } from './workers.ts';

/** Pixels per sample, coarse to fine; while anything moves only as far as the time allows. */
const LEVELS = [16, 8, 4, 2, 1];
/** A level that is expected to take longer than this waits until nothing moves. */
const MOVING_MS = 60;
const REFINE_AFTER_MS = 150;

let version = 0;
/** Milliseconds per sample, measured on the levels done. */
let cost = 0;
const DEFAULT_RADIUS = 0.25;

/** Radius of the bound field: that of the selected circle. */
export function fieldRadius(): number {
  const { circles, selected } = useStore.getState();
  return circles.find((c) => c.id === selected)?.r ?? DEFAULT_RADIUS;
}

async function draw(): Promise<void> {
  const { frame, settings } = useStore.getState();
  if (settings.show === 'regions' || !frame || mapSize.width === 0) {
    if (useStore.getState().field) useStore.setState({ field: null });
    return;
  }
  const mine = version;
  const { width, height } = mapSize;
  for (const pixels of LEVELS) {
    const columns = Math.max(1, Math.round(width / pixels));
    const rows = Math.max(1, Math.round(height / pixels));
    const expected = cost * columns * rows;
    if (pixels !== LEVELS[0] && expected > MOVING_MS) {
      await new Promise((r) => setTimeout(r, REFINE_AFTER_MS));
    }
    if (version !== mine) return;
    const request: Omit<FieldPicture, 'values'> = {
      kind: settings.show,
      box: boxOf(settings.view, width, height),
      columns,
      rows,
      r: fieldRadius(),
    };
    const began = performance.now();
    const values = await compute.field(frame.net, request);
    if (values === null) return;
    cost = (performance.now() - began) / (columns * rows);
    useStore.setState({ field: { ...request, values } });
    if (version !== mine) return;
  }
}

const follower = new Latest(draw, (error) =>
  notify(`The field could not be drawn: ${error instanceof Error ? error.message : error}`),
);

/** Something the field depends on has changed. */
export function redrawField(): void {
  version++;
  follower.request();
}
