import { bound } from './bound.ts';
import type { Entry } from './entry.ts';
import { network } from './network.ts';
import { regions } from './regions.ts';
import { training } from './training.ts';

const groups = { ...regions, ...bound, ...network, ...training };

/** A word that the page explains. */
export type TermName = keyof typeof groups;

/** Every term that has a card, by name. A new one goes into one of the groups beside this file. */
export const glossary: Readonly<Record<TermName, Entry>> = groups;
