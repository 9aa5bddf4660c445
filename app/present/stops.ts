import { openScene } from '../scenes/openScene.ts';
import { type Scene, type SceneView, scenes } from '../scenes/registry.ts';
import type { Circle, State } from '../session/state.ts';

/** One of several things that a presentation goes through. */
export interface Place {
  /** From 0; −1 before the first. */
  readonly at: number;
  readonly of: number;
}

interface SceneStop {
  readonly scene: Scene;
  readonly view: SceneView;
}

/** Every view of every scene, in order. */
export const sceneStops: readonly SceneStop[] = scenes.flatMap((scene) =>
  scene.views.map((view) => ({ scene, view })),
);

/** What one stop is called: two views of a scene have a name each. */
export const nameOfStop = ({ scene, view }: SceneStop): string => view.label ?? scene.title;

/** Which of `sceneStops` is open. */
export const placeOfScene = (s: Pick<State, 'settings' | 'opened'>): number => {
  const open = openScene(s);
  return open === null ? -1 : sceneStops.findIndex(({ view }) => view === open.view);
};

/** Which circle is chosen. */
export const placeOfCircle = ({
  circles,
  selected,
}: {
  readonly circles: readonly Pick<Circle, 'id'>[];
  readonly selected: number | null;
}): number => circles.findIndex(({ id }) => id === selected);

/** The next place in a direction; null at either end. Before the first, the way back leads to the last. */
export function nextPlace({ at, of }: Place, by: 1 | -1): number | null {
  const next = at < 0 && by < 0 ? of - 1 : at + by;
  return next >= 0 && next < of ? next : null;
}
