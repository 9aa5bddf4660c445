import type { BoundMethod } from '../../src/bounds/methods.ts';
import type { SettingKey } from '../../src/settings/schema.ts';
import type { TermName } from './glossary/registry.ts';

/** The term that a setting's label opens; a label that says it all opens none. */
export const SETTING_TERMS: Partial<Record<SettingKey, TermName>> = {
  n: 'samples',
  noise: 'noise',
  split: 'training-share',
  dseed: 'data-seed',
  act: 'relu',
  slope: 'leaky-relu',
  init: 'initialiser',
  seed: 'weight-seed',
  opt: 'optimiser',
  lr: 'learning-rate',
  batch: 'batch-size',
  l1: 'L1',
  l2: 'L2',
  speed: 'speed',
  show: 'field',
  method: 'bound-method',
  compute: 'backend',
};

/** The term of every method that bounds a ball. */
export const METHOD_TERMS: Readonly<Record<BoundMethod, TermName>> = {
  algorithm1: 'algorithm-1',
  algorithm1plus: 'algorithm-1-plus',
  ibp: 'interval-propagation',
  zonotope: 'zonotope',
  crown: 'crown',
};
