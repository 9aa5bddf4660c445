import { BOUND_METHODS, boundMethods } from '../bounds/methods.ts';
import { datasets } from '../data/registry.ts';
import { DATA_HALF } from '../data/scatter.ts';
import { initialisers } from '../model/initialisers/registry.ts';
import { optimisers } from '../training/optimisers/registry.ts';
import {
  MAX_CIRCLES,
  MAX_DRAWN_POINTS,
  PLACE_LIMITS,
  RADIUS_LIMITS,
  setField,
  tuplesField,
  viewField,
  widthsField,
} from './compound.ts';
import { choiceField, numberField, type ValuesOf } from './field.ts';
import { phasesField } from './phases.ts';
import { beginning, inQuery, type Role, rule, type Setting, view } from './roles.ts';

const MAX_SEED = 2 ** 31 - 1;

/** The data's square: what a map shows at first, and what the charts count in. */
export const DATA_VIEW = { x: 0, y: 0, half: DATA_HALF };

const options = (kinds: readonly { key: string; label: string }[]) =>
  kinds.map(({ key, label }) => ({ key, label }));

/** All settings that are rules, in the order in which a phase lists them. */
const ruleSettings = {
  opt: rule(choiceField({ label: 'Optimiser', initial: 'adam', options: options(optimisers) })),
  lr: rule(
    numberField({
      label: 'Learning rate',
      initial: 0.01,
      min: 1e-5,
      max: 10,
      step: 0.001,
      scale: 'log',
    }),
  ),
  batch: rule(numberField({ label: 'Batch size', initial: 16, min: 1, max: 2000, whole: true })),
  l1: rule(
    numberField({
      label: 'L1',
      initial: 0,
      min: 0,
      max: 1,
      step: 0.0001,
    }),
  ),
  l2: rule(
    numberField({
      label: 'L2',
      initial: 0,
      min: 0,
      max: 1,
      step: 0.0001,
    }),
  ),
};

const steps = beginning(
  numberField({ label: 'Steps', initial: 0, min: 0, max: 1_000_000, whole: true }),
);

/**
 * Everything a person can set, in the order in which a link lists it. The keys are the names in the link; defaults,
 * limits, labels and roles are here and nowhere else.
 */
export const schema = {
  data: beginning(
    choiceField({
      label: 'Data',
      initial: 'circle',
      options: [...options(datasets), { key: 'drawn', label: 'Your own' }],
    }),
  ),
  n: beginning(
    numberField({ label: 'Samples', initial: 300, min: 10, max: 2000, whole: true, step: 10 }),
  ),
  noise: beginning(numberField({ label: 'Noise', initial: 0.08, min: 0, max: 0.5 })),
  split: beginning(
    numberField({
      label: 'Training share',
      initial: 0.7,
      min: 0.1,
      max: 0.9,
      step: 0.05,
    }),
  ),
  dseed: beginning(
    numberField({ label: 'Data seed', initial: 1, min: 0, max: MAX_SEED, whole: true }),
  ),
  points: beginning(
    tuplesField(
      'Drawn points',
      [PLACE_LIMITS, PLACE_LIMITS, { min: 0, max: 1, whole: true }],
      MAX_DRAWN_POINTS,
    ),
  ),
  net: beginning(widthsField('Network', [2, 8, 8, 1])),
  act: beginning(
    choiceField({
      label: 'Activation',
      initial: 'relu',
      options: [
        { key: 'relu', label: 'ReLU' },
        { key: 'leaky', label: 'Leaky ReLU' },
      ],
    }),
  ),
  slope: beginning(
    numberField({
      label: 'Negative slope',
      initial: 0.1,
      min: 0.001,
      max: 0.99,
    }),
  ),
  init: beginning(
    choiceField({ label: 'Initialiser', initial: 'he', options: options(initialisers) }),
  ),
  seed: beginning(
    numberField({ label: 'Weight seed', initial: 42, min: 0, max: MAX_SEED, whole: true }),
  ),
  ...ruleSettings,
  run: beginning(phasesField(ruleSettings, steps)),
  speed: view(
    choiceField({
      label: 'Speed',
      initial: '3',
      options: [
        { key: '1', label: '1 step' },
        { key: '3', label: '3 steps' },
        { key: '10', label: '10 steps' },
        { key: '30', label: '30 steps' },
        { key: 'max', label: 'Fastest' },
      ],
    }),
  ),
  steps,
  pick: view(tuplesField('Circles', [PLACE_LIMITS, PLACE_LIMITS, RADIUS_LIMITS], MAX_CIRCLES)),
  view: view(viewField('View', DATA_VIEW)),
  show: view(
    choiceField({
      label: 'Colour by',
      initial: 'regions',
      options: [
        { key: 'regions', label: 'Regions' },
        { key: 'output', label: 'Output' },
        { key: 'bound', label: 'Bound C' },
        { key: 'distance', label: 'Distance' },
      ],
    }),
  ),
  method: view(
    choiceField({
      label: 'Bound by',
      initial: 'algorithm1',
      options: boundMethods.map((key) => ({ key, label: BOUND_METHODS[key].name })),
    }),
  ),
  hide: view(setField('Hidden', ['creases', 'boundary', 'train', 'test'] as const)),
  compute: inQuery(
    view(
      choiceField({
        label: 'Backend',
        initial: 'auto',
        options: [
          { key: 'auto', label: 'Automatic' },
          { key: 'webgpu', label: 'WebGPU' },
          { key: 'simd', label: 'CPU, SIMD' },
          { key: 'reference', label: 'CPU, 64-bit' },
        ],
      }),
    ),
  ),
  theme: inQuery(
    view(
      choiceField({
        label: 'Theme',
        initial: 'auto',
        options: [
          { key: 'auto', label: 'Match the system' },
          { key: 'light', label: 'Light' },
          { key: 'dark', label: 'Dark' },
          { key: 'projector', label: 'Projector' },
        ],
      }),
    ),
  ),
} as const satisfies Readonly<Record<string, Setting>>;

export type Schema = typeof schema;
/** The value of every setting. */
export type Settings = ValuesOf<Schema>;
export type SettingKey = keyof Settings;

export const settingKeys = Object.keys(schema) as SettingKey[];

type KeysInRole<R extends Role> = {
  [K in SettingKey]: Schema[K] extends { readonly role: R } ? K : never;
}[SettingKey];

export const keysInRole = <R extends Role>(role: R) =>
  settingKeys.filter((key): key is KeysInRole<R> => schema[key].role === role);

/** The rule of one training step. */
export type Rule = Pick<Settings, KeysInRole<'rule'>>;
/** A stretch of training under another rule than that of the settings. */
export type Phase = Settings['run'][number];

/** The value of every setting in an empty link. */
export const initialSettings: Settings = Object.fromEntries(
  settingKeys.map((key) => [key, schema[key].initial]),
) as Settings;
