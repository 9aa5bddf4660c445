import {
  clampDisc,
  MAX_CIRCLES,
  MAX_DRAWN_POINTS,
  tidyDisc,
  tidyPlace,
} from '../../src/settings/compound.ts';
import { schema } from '../../src/settings/schema.ts';
import type { Circle } from '../store/circles.ts';
import { notify, useStore } from '../store/store.ts';
import { newCircleId } from './address.ts';
import { change } from './run.ts';

/** Radius of a new circle: that of the selected one, else a share of the view. */
function freshRadius(): number {
  const { circles, selected, settings } = useStore.getState();
  const like = circles.find((c) => c.id === selected);
  return like?.r ?? Number((settings.view.half / 6).toPrecision(2));
}

export function addCircle(x: number, y: number): void {
  const { circles, settings } = useStore.getState();
  if (circles.length >= MAX_CIRCLES) {
    notify(`At most ${MAX_CIRCLES} circles can stand at once: remove one first.`);
    return;
  }
  const disc = tidyDisc({ x, y, r: freshRadius() }, settings.view.half);
  const circle: Circle = { id: newCircleId(), ...disc };
  useStore.setState({ circles: [...circles, circle], selected: circle.id });
}

type Change = Partial<Pick<Circle, 'x' | 'y' | 'r'>>;

/** Gives a circle the very numbers that were typed, within the limits. */
export function changeCircle(id: number, part: Change): void {
  useStore.setState(({ circles }) => ({
    circles: circles.map((c) => (c.id === id ? { id, ...clampDisc({ ...c, ...part }) } : c)),
  }));
}

/** The same by hand on the map: in no more digits than a hand has. */
export function dragCircle(id: number, part: Change): void {
  const { circles, settings } = useStore.getState();
  const circle = circles.find((c) => c.id === id);
  if (circle) changeCircle(id, tidyDisc({ ...circle, ...part }, settings.view.half));
}

export function removeCircle(id: number): void {
  useStore.setState(({ circles, selected }) => {
    const place = circles.findIndex((c) => c.id === id);
    const rest = circles.filter((c) => c.id !== id);
    // The keyboard goes to the next one as well.
    const next = rest[Math.min(place, rest.length - 1)];
    return { circles: rest, selected: selected === id ? (next?.id ?? null) : selected };
  });
}

export const selectCircle = (id: number): void => useStore.setState({ selected: id });

/** Of half a map's side: a drawn point stands within a tenth of a pixel of the pen. */
const PEN = 100;

/** Adds points of one class to the drawn data; the first ones replace whatever data was on. */
export function drawPoints(points: readonly (readonly [number, number])[], label: 0 | 1): void {
  const { settings } = useStore.getState();
  const before = settings.data === 'drawn' ? settings.points : [];
  const room = MAX_DRAWN_POINTS - before.length;
  if (room < points.length)
    notify(`At most ${MAX_DRAWN_POINTS} points can be drawn: erase some first.`);
  if (room <= 0) return;
  const size = PEN * settings.view.half;
  const added = points
    .slice(0, room)
    .map(([x, y]) => [tidyPlace(x, size), tidyPlace(y, size), label]);
  change({ data: 'drawn', points: [...before, ...added] });
}

/** Takes away the drawn points within `radius` of (x, y). */
export function erasePoints(x: number, y: number, radius: number): void {
  const { settings } = useStore.getState();
  if (settings.data !== 'drawn') return;
  const points = settings.points.filter(([px, py]) => Math.hypot(px - x, py - y) > radius);
  if (points.length !== settings.points.length) change({ points });
}

export const clearPoints = (): void => change({ data: 'drawn', points: schema.points.initial });
