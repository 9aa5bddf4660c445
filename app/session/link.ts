import { readLink, readQuery } from '../../src/settings/link.ts';
import type { Settings } from '../../src/settings/schema.ts';
import { currentFrame } from './run.ts';
import type { State } from './state.ts';

/** What is behind “#” and “?” in an address. */
export interface Link {
  readonly hash: string;
  readonly query: string;
}

/**
 * The settings that an address asks for, and what is wrong with it, one sentence each. What the query says wins over the
 * hash until a person chooses otherwise.
 */
export function readAddress(link: Link): { settings: Settings; problems: string[] } {
  const { settings, problems } = readLink(link.hash);
  const query = readQuery(link.query);
  return {
    settings: { ...settings, ...query.settings },
    problems: [...problems, ...query.problems],
  };
}

/** The settings that a link to this state holds, with what lives elsewhere in it: step count and circles. */
export function linkSettings(state: State): Settings {
  const { settings, circles } = state;
  const frame = currentFrame(state);
  const steps = frame && frame.status !== 'replaying' ? frame.step : settings.steps;
  return { ...settings, steps, pick: circles.map(({ x, y, r }) => [x, y, r]) };
}
