import {
  clampDisc,
  type Disc,
  MAX_CIRCLES,
  MAX_DRAWN_POINTS,
  tidyDisc,
  tidyPlace,
} from '../../src/settings/compound.ts';
import { type Settings, schema } from '../../src/settings/schema.ts';
import type { Context } from './context.ts';
import type { Run } from './run.ts';
import type { Circle, Tool } from './state.ts';

/** Of half a map's side: a drawn point stands within a tenth of a pixel of the pen. */
const PEN = 100;

/** Whether a tool draws or erases points, so that a drag is a stroke and not a move of the map. */
export const isPen = (tool: Tool): boolean => tool !== 'circle' && tool !== 'inspect';

/** What a person places on the map: circles, and points to train on. */
export function createEditing(context: Context, { change }: Pick<Run, 'change'>) {
  let nextId = 1;
  const numbered = (disc: Disc): Circle => ({ id: nextId++, ...disc });

  /** Radius of a new circle: that of the selected one, else a share of the view. */
  const freshRadius = (): number => {
    const { circles, selected, settings } = context.state;
    const like = circles.find((c) => c.id === selected);
    return like?.r ?? Number((settings.view.half / 6).toPrecision(2));
  };

  /** Gives a circle exactly the numbers that were typed, within the limits. */
  const changeCircle = (id: number, part: Partial<Disc>): void =>
    context.set({
      circles: context.state.circles.map((c) =>
        c.id === id ? { id, ...clampDisc({ ...c, ...part }) } : c,
      ),
    });

  const addCircle = (x: number, y: number): void => {
    const { circles, settings } = context.state;
    if (circles.length >= MAX_CIRCLES) {
      context.notify(`At most ${MAX_CIRCLES} circles fit on the map: remove one first.`);
      return;
    }
    const circle = numbered(tidyDisc({ x, y, r: freshRadius() }, settings.view.half));
    context.set({ circles: [...circles, circle], selected: circle.id });
  };

  return {
    changeCircle,

    /** The circles of a link, under numbers of their own. */
    circlesOf: ({ pick }: Pick<Settings, 'pick'>): Circle[] =>
      pick.map(([x, y, r]) => numbered({ x, y, r })),

    addCircle,

    /** A circle in the middle of the view, for who has no pointer. */
    addCircleInView(): void {
      const { x, y } = context.state.settings.view;
      addCircle(x, y);
    },

    /** Changes a circle by a gesture on the map, rounded to the precision of a gesture. */
    dragCircle(id: number, part: Partial<Disc>): void {
      const { circles, settings } = context.state;
      const circle = circles.find((c) => c.id === id);
      if (circle) changeCircle(id, tidyDisc({ ...circle, ...part }, settings.view.half));
    },

    removeCircle(id: number): void {
      const { circles, selected } = context.state;
      const place = circles.findIndex((c) => c.id === id);
      const rest = circles.filter((c) => c.id !== id);
      // The keyboard goes to the next one as well.
      const next = rest[Math.min(place, rest.length - 1)];
      context.set({
        circles: rest,
        selected: selected === id ? (next?.id ?? null) : selected,
      });
    },

    /** Removes all circles; the notice that says so brings them back. */
    clearCircles(): void {
      const { circles } = context.state;
      if (circles.length === 0) return;
      // An earlier notice of this kind is about circles of an earlier picture.
      const notices = context.state.notices.filter(({ removed }) => !removed);
      context.set({ circles: [], selected: null, notices });
      const text =
        circles.length === 1 ? '1 circle removed.' : `${circles.length} circles removed.`;
      context.show({ text, about: 'link', removed: circles });
    },

    /** Brings the circles back that a notice says were removed, as far as there is room beside those set since. */
    bringBack(id: number): void {
      const { circles, notices } = context.state;
      const removed = notices.find((notice) => notice.id === id)?.removed ?? [];
      const back = [...removed.slice(0, MAX_CIRCLES - circles.length), ...circles];
      context.set({
        circles: back,
        selected: context.state.selected ?? back[0]?.id ?? null,
        notices: notices.filter((notice) => notice.id !== id),
      });
    },

    /** Adds points of one class to the drawn data; the first ones replace whatever data was on. */
    drawPoints(points: readonly (readonly [number, number])[], label: 0 | 1): void {
      const { settings } = context.state;
      const before = settings.data === 'drawn' ? settings.points : [];
      const room = MAX_DRAWN_POINTS - before.length;
      if (room < points.length)
        context.notify(`At most ${MAX_DRAWN_POINTS} points can be drawn: erase some first.`);
      if (room <= 0) return;
      const size = PEN * settings.view.half;
      const added = points
        .slice(0, room)
        .map(([x, y]) => [tidyPlace(x, size), tidyPlace(y, size), label]);
      change({ data: 'drawn', points: [...before, ...added] });
    },

    /** Takes away the drawn points within `radius` of (x, y). */
    erasePoints(x: number, y: number, radius: number): void {
      const { settings } = context.state;
      if (settings.data !== 'drawn') return;
      const points = settings.points.filter(([px, py]) => Math.hypot(px - x, py - y) > radius);
      if (points.length !== settings.points.length) change({ points });
    },

    clearPoints: (): void => change({ data: 'drawn', points: schema.points.initial }),
  };
}
