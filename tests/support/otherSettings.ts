import {
  initialSettings,
  keysInRole,
  type Rule,
  type SettingKey,
  type Settings,
  schema,
  settingKeys,
} from '../../src/settings/schema.ts';

/** The rule of an empty link. */
export const initialRule = Object.fromEntries(
  keysInRole('rule').map((key) => [key, initialSettings[key]]),
) as Rule;

/** Values other than the initial ones, for the settings that are neither a number nor a choice. */
const OTHERS = {
  points: [[0.5, -0.5, 1]],
  net: [2, 5, 3, 1],
  run: [{ ...initialRule, until: 4, opt: 'sgd', lr: 0.5, batch: 8 }],
  pick: [[0.25, 0.5, 0.125]],
  view: { x: 0.5, y: 0, half: 0.5 },
  hide: ['creases'],
} as const satisfies Partial<Settings>;

interface Limits {
  readonly options?: readonly { readonly key: string }[];
  readonly min?: number;
  readonly max?: number;
}

function otherValue(key: SettingKey): unknown {
  if (Object.hasOwn(OTHERS, key)) return OTHERS[key as keyof typeof OTHERS];
  const { options, min, max } = schema[key] as Limits;
  const initial = initialSettings[key];
  if (options) return options.find((option) => option.key !== initial)?.key;
  return initial === max ? min : max;
}

/** Every setting with a value that is not its initial one. */
export const otherSettings = Object.fromEntries(
  settingKeys.map((key) => [key, otherValue(key)]),
) as unknown as Settings;
