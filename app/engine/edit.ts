import { MAX_CIRCLES, MAX_DRAWN_POINTS, RADIUS_LIMITS } from '../../src/settings/compound.ts';
import { schema } from '../../src/settings/schema.ts';
import type { Circle } from '../store/circles.ts';
import { notify, useStore } from '../store/store.ts';
import { newCircleId } from './address.ts';
import { change } from './run.ts';

const clampRadius = (r: number) =>
  Math.min(RADIUS_LIMITS.max, Math.max(RADIUS_LIMITS.min, Number.isFinite(r) ? r : 0.25));

/** Radius of a new circle: that of the selected one, else a share of the view. */
function freshRadius(): number {
  const { circles, selected, settings } = useStore.getState();
  const like = circles.find((c) => c.id === selected);
  return like?.r ?? clampRadius(Number((settings.view.half / 6).toPrecision(2)));
}

export function addCircle(x: number, y: number): void {
  const { circles } = useStore.getState();
  if (circles.length >= MAX_CIRCLES) {
    notify(`At most ${MAX_CIRCLES} circles can stand at once: remove one first.`);
    return;
  }
  const circle: Circle = { id: newCircleId(), x, y, r: freshRadius() };
  useStore.setState({ circles: [...circles, circle], selected: circle.id });
}

export function changeCircle(id: number, part: Partial<Pick<Circle, 'x' | 'y' | 'r'>>): void {
  useStore.setState(({ circles }) => ({
    circles: circles.map((c) => {
      if (c.id !== id) return c;
      const next = { ...c, ...part };
      return { ...next, r: clampRadius(next.r) };
    }),
  }));
}

export function removeCircle(id: number): void {
  useStore.setState(({ circles, selected }) => {
    const rest = circles.filter((c) => c.id !== id);
    return {
      circles: rest,
      selected: selected === id ? (rest[rest.length - 1]?.id ?? null) : selected,
    };
  });
}

export const selectCircle = (id: number): void => useStore.setState({ selected: id });

/** Four digits place a drawn point within a pixel of any map. */
const rounded = (v: number) => Number(v.toPrecision(4));

/** Adds points of one class to the drawn data; the first ones replace whatever data was on. */
export function drawPoints(points: readonly (readonly [number, number])[], label: 0 | 1): void {
  const { settings } = useStore.getState();
  const before = settings.data === 'drawn' ? settings.points : [];
  const room = MAX_DRAWN_POINTS - before.length;
  if (room < points.length)
    notify(`At most ${MAX_DRAWN_POINTS} points can be drawn: erase some first.`);
  if (room <= 0) return;
  const added = points.slice(0, room).map(([x, y]) => [rounded(x), rounded(y), label]);
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
