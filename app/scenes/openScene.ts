import { readLink } from '../../src/settings/link.ts';
import { keysInRole, type Settings, schema } from '../../src/settings/schema.ts';
import type { State } from '../session/state.ts';
import { type Scene, type SceneView, scenes } from './registry.ts';

/** A scene, and which of its views. */
export interface OpenScene {
  readonly scene: Scene;
  readonly view: SceneView;
  /** What its link asks for. */
  readonly asked: Settings;
}

const all: readonly OpenScene[] = scenes.flatMap((scene) =>
  scene.views.map((view) => ({ scene, view, asked: readLink(view.hash).settings })),
);

/** What makes a network, apart from how far and how it has been trained. */
const makings = keysInRole('beginning').filter((key) => key !== 'steps' && key !== 'run');
const rules = [...keysInRole('rule'), 'run'] as const;

function agree(a: Settings, b: Settings, keys: readonly (keyof Settings)[]): boolean {
  return keys.every((key) => {
    const write = schema[key].write as (value: unknown) => string;
    return write(a[key]) === write(b[key]);
  });
}

/** The scene that was opened last, by its picture or its link, while the network and the data are still those of it. */
export const openScene = ({
  settings,
  opened,
}: Pick<State, 'settings' | 'opened'>): OpenScene | null =>
  all.find(
    ({ asked }) =>
      agree(asked, settings, makings) && agree(asked, opened, [...makings, ...rules, 'pick']),
  ) ?? null;

/**
 * Whether the page shows what the line of a scene says: its circles, and the network of its step or the way there. The line of
 * a scene that plays is about no step.
 */
export function showsLine(
  { scene, asked }: OpenScene,
  { settings, frame, run, circles }: Pick<State, 'settings' | 'frame' | 'run' | 'circles'>,
): boolean {
  if (scene.plays) return true;
  const pick = circles.map(({ x, y, r }) => [x, y, r]);
  const begun = frame?.run === run && frame.status !== 'replaying';
  const steps = begun ? frame.step : settings.steps;
  return agree({ ...settings, pick, steps }, asked, [...rules, 'pick', 'steps']);
}
