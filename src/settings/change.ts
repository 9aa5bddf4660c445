import { ruleHolder } from './build.ts';
import { type Role, roles } from './roles.ts';
import {
  keysInRole,
  type Phase,
  type Rule,
  type SettingKey,
  type Settings,
  schema,
} from './schema.ts';

/** Settings after a change, which of them changed, and the weightiest of their roles; null where none did. */
export interface Change {
  readonly settings: Settings;
  readonly keys: readonly SettingKey[];
  readonly role: Role | null;
}

/** The settings after some get new values. A new beginning has no steps and no earlier phases. */
export function changeOf(before: Settings, part: Partial<Settings>): Change {
  const keys = (Object.keys(part) as SettingKey[]).filter((key) => part[key] !== before[key]);
  const role = roles.find((one) => keys.some((key) => schema[key].role === one)) ?? null;
  const from = role === 'beginning' ? { ...before, steps: 0, run: [] } : before;
  return { settings: { ...from, ...part }, keys, role };
}

const ruleKeys = keysInRole('rule');

/** The rule that step number `until` (from 0) would have obeyed, as a link remembers it once it no longer holds. */
export function phaseUntil(s: Settings, until: number): Phase {
  const holder = ruleHolder(s, until);
  const rule = Object.fromEntries(ruleKeys.map((key) => [key, holder[key]])) as Rule;
  return { ...rule, until };
}

/**
 * The settings with the phase that ended when their rule was changed, so that a link can replay the run. A step at which
 * nothing changed needs none.
 */
export function withPhase(settings: Settings, phase: Phase): Settings {
  const earlier = settings.run.filter(({ until }) => until <= phase.until);
  const again = earlier.some(({ until }) => until === phase.until);
  const added = again || phase.until === 0 ? earlier : [...earlier, phase];
  const last = added[added.length - 1];
  // If the previous rule is restored without a step in between, nothing has changed.
  const back = last?.until === phase.until && ruleKeys.every((key) => last[key] === settings[key]);
  return { ...settings, run: back ? added.slice(0, -1) : added };
}
