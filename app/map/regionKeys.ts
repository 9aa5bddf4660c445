import type { Model } from '../../src/model/model.ts';
import { neighbours } from '../../src/regions/complex/neighbours.ts';
import { nearestAlong } from '../../src/regions/query/direction.ts';
import { clampView, tidyView } from '../../src/settings/compound.ts';
import { faceAt, insphereOf } from '../session/describe.ts';
import type { Session } from '../session/session.ts';
import type { Picture } from '../session/state.ts';
import type { Projection } from './projection.ts';
import { applyTool } from './useTool.ts';

interface Place {
  readonly x: number;
  readonly y: number;
}

const DIRECTIONS: Record<string, { u: number; v: number; word: string }> = {
  ArrowLeft: { u: -1, v: 0, word: 'on the left' },
  ArrowRight: { u: 1, v: 0, word: 'on the right' },
  ArrowUp: { u: 0, v: 1, word: 'above' },
  ArrowDown: { u: 0, v: -1, word: 'below' },
};
/** A neighbour lies in a direction when its centre does to within 60°. */
const COSINE = 0.5;
/** In half-widths of the view: how far a region is looked for, and how deep in it the mark stands at most. */
const REACH = 2;
const DEPTH = 0.25;
/** Share of the map that stays free between a mark and its edge. */
const MARGIN = 0.1;

/** The place inside the neighbour that lies most in the direction (u, v) of the face, or null. */
function neighbourTowards(picture: Picture, face: number, u: number, v: number): Place | null {
  const { complex } = picture;
  const from = insphereOf(picture, face);
  let best = COSINE;
  let found: Place | null = null;
  for (const side of neighbours(complex, face)) {
    const { x, y } = insphereOf(picture, side.face);
    const [dx, dy] = [x - from.x, y - from.y];
    const cosine = (dx * u + dy * v) / Math.hypot(dx, dy);
    if (cosine <= best) continue;
    best = cosine;
    found = { x, y };
  }
  return found;
}

/** A place in the region that a ray enters next, in the picture or beyond its edge; null where it meets none in reach. */
function placeAlong(net: Model, from: Place, u: number, v: number, half: number): Place | null {
  const crease = nearestAlong(net, [from.x, from.y], [u, v]);
  if (crease === null || crease.distance > REACH * half) return null;
  const rounding = 2 ** -50 * Math.max(Math.abs(from.x), Math.abs(from.y));
  const beyond = crease.distance * (1 + 2 ** -30) + rounding;
  const entry = { x: from.x + beyond * u, y: from.y + beyond * v };
  const end = nearestAlong(net, [entry.x, entry.y], [u, v]);
  const depth = Math.min((end?.distance ?? Number.POSITIVE_INFINITY) / 2, DEPTH * half);
  return { x: entry.x + depth * u, y: entry.y + depth * v };
}

/** The neighbour across the edge in the direction, for faces whose neighbours all lie elsewhere. */
function nextPlace(picture: Picture, face: number, u: number, v: number, half: number) {
  const near = neighbourTowards(picture, face, u, v);
  if (near) return near;
  const place = placeAlong(picture.net, insphereOf(picture, face), u, v, half);
  if (place === null) return null;
  const next = faceAt(picture, place.x, place.y);
  if (next < 0 || next === face) return place;
  const { x, y } = insphereOf(picture, next);
  return { x, y };
}

/** Moves the view as little as needed to show a place, if it is out of sight at all. */
function bringIntoView({ store, actions }: Session, { x, y }: Place, p: Projection): void {
  const { view } = store.getState().settings;
  const outside = (at: number, size: number) => {
    const margin = MARGIN * Math.min(p.width, p.height);
    return Math.max(0, at - (size - margin)) - Math.max(0, margin - at);
  };
  const inSight = p.px(x) >= 0 && p.px(x) <= p.width && p.py(y) >= 0 && p.py(y) <= p.height;
  if (inSight) return;
  const [dx, dy] = [outside(p.px(x), p.width), outside(p.py(y), p.height)];
  const moved = { ...view, x: view.x + dx / p.scale, y: view.y - dy / p.scale };
  actions.change({ view: clampView(tidyView(moved)) });
}

/**
 * Arrow keys go from region to region, Enter does in the marked one what a press does; true when the key was used. Escape,
 * a shortcut of the page, ends the marking.
 */
export function regionKey(session: Session, key: string, p: Projection): boolean {
  const { store, actions } = session;
  const { picture, focus, settings } = store.getState();
  const face = focus && picture ? faceAt(picture, focus.x, focus.y) : -1;
  if (key === 'Enter' && picture && face >= 0) {
    const { x, y } = insphereOf(picture, face);
    applyTool(session, x, y, p);
    return true;
  }
  const direction = DIRECTIONS[key];
  if (!direction || !picture) return false;
  const { u, v, word } = direction;
  const { view } = settings;
  if (!focus || face < 0) {
    // A mark in a view that is still being drawn waits for its region.
    const { box } = picture.complex;
    const drawn = Math.abs(p.x(0) - box.xMin) + Math.abs(p.y(0) - box.yMax) < 1e-6 * view.half;
    if (!focus || drawn) actions.mark({ x: view.x, y: view.y });
    return true;
  }
  const next = nextPlace(picture, face, u, v, view.half);
  if (next) {
    actions.mark(next);
    bringIntoView(session, next, p);
  } else actions.mark({ ...focus, note: `No other region ${word} near the view.` });
  return true;
}
