import type { Entry } from './entry.ts';
import { regions } from './regions.ts';

const groups = { ...regions };

/** A word that the page explains. */
export type TermName = keyof typeof groups;

/** Every term that has a card, by name. A new one goes into one of the groups beside this file. */
export const glossary: Readonly<Record<TermName, Entry>> = groups;
