import { describe, expect, it } from 'vitest';
import { buildData, buildTrainer, ruleAt } from '../../../src/settings/build.ts';
import { numberField } from '../../../src/settings/field.ts';
import { QUERY_KEYS } from '../../../src/settings/link.ts';
import { roles, type Setting, view } from '../../../src/settings/roles.ts';
import {
  initialSettings,
  keysInRole,
  type SettingKey,
  type Settings,
  schema,
  settingKeys,
} from '../../../src/settings/schema.ts';
import { otherSettings } from '../../support/otherSettings.ts';

const field = numberField({ label: 'A', initial: 0, min: 0, max: 1 });
// @ts-expect-error: a setting says its role
const roleless: Setting = field;

/** Between them these let every setting of a beginning have an effect. */
const runs: readonly Settings[] = [
  { ...initialSettings, act: 'leaky' },
  { ...initialSettings, data: 'drawn', points: Array.from({ length: 9 }, (_, i) => [i / 9, 0, 0]) },
];

/** Where a run begins: its samples, its network at step 0, and the steps that are taken at once. */
const beginningOf = (s: Settings) =>
  JSON.stringify([buildData(s), buildTrainer(s).snapshot(), s.steps, s.run], (_, item) =>
    ArrayBuffer.isView(item) ? Array.from(item as Float64Array) : item,
  );
const changes = (of: (s: Settings) => unknown, key: SettingKey): boolean =>
  runs.some((s) => {
    const value = key === 'data' ? 'moons' : otherSettings[key];
    return JSON.stringify(of(s)) !== JSON.stringify(of({ ...s, [key]: value }));
  });

describe('the role of a setting', () => {
  it('stands in the schema for every key', () => {
    expect(roleless).not.toHaveProperty('role');
    expect(view(field)).toEqual({ ...field, role: 'view' });
    for (const key of settingKeys) expect(roles).toContain(schema[key].role);
    expect(roles.flatMap((role) => keysInRole(role)).toSorted()).toEqual(settingKeys.toSorted());
  });

  it.each(keysInRole('beginning'))('of “%s” is the beginning: the run begins elsewhere', (key) => {
    expect(changes(beginningOf, key)).toBe(true);
  });

  it.each(keysInRole('rule'))('of “%s” is the rule: only steps to come differ', (key) => {
    expect(changes((s) => ruleAt(s, 0), key)).toBe(true);
    expect(changes(beginningOf, key)).toBe(false);
  });

  it.each(keysInRole('view'))('of “%s” is the view: neither beginning nor rule differ', (key) => {
    expect(changes(beginningOf, key)).toBe(false);
    expect(changes((s) => ruleAt(s, 0), key)).toBe(false);
  });

  it('lets the query set nothing of the network', () => {
    expect(QUERY_KEYS.toSorted()).toEqual(['compute', 'theme']);
    for (const key of QUERY_KEYS) expect(schema[key].role).toBe('view');
  });
});
