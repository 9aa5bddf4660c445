import type { Field } from './field.ts';

/** What changing a setting does, the weightiest first. */
export const roles = [
  /** Restarts the run from its seeds. */
  'beginning',
  /** Changes the steps to come; a link remembers the rule that held before, and until when. */
  'rule',
  /** Changes what is shown and how it is computed, and no weight of any step. */
  'view',
] as const;
export type Role = (typeof roles)[number];

/** A field that says its role; with `inQuery` the query of an address may set it as well. */
export type Setting = Field<unknown> & { readonly role: Role; readonly inQuery?: true };

const inRole =
  <R extends Role>(role: R) =>
  <F extends Field<unknown>>(field: F) => ({ ...field, role });
export const beginning = inRole('beginning');
export const rule = inRole('rule');
export const view = inRole('view');
export const inQuery = <S extends Setting>(setting: S) => ({ ...setting, inQuery: true as const });
