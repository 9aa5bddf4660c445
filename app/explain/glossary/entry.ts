import type { SourceName } from './sources.ts';

/** What the card of a term says. */
export interface Entry {
  /** The term, as the heading of its card. */
  readonly term: string;
  /** One sentence in plain words, of 240 characters at most. */
  readonly says: string;
  /** MathML; written as tex`…`, which the build replaces (scripts/lib/formulas.mjs). */
  readonly formula?: string;
  /** What the letters of the formula mean, where the sentence does not say it. */
  readonly where?: string;
  /** Where it comes from, or where to read on. */
  readonly from?: SourceName;
  /** Names of other terms that the card leads to. */
  readonly see?: readonly string[];
}

export type Group = Readonly<Record<string, Entry>>;
