import { excerpt } from '../../../src/errors.ts';
import { formatNumber } from '../../format.ts';

type Reading = { readonly value: number; readonly problem: null } | { readonly problem: string };

/** A typed number from `min` to `max`, with a decimal point or comma; else what is wrong with it, as a clause. */
export function readNumber(text: string, min: number, max: number): Reading {
  const typed = text.trim().replace('−', '-').replace(',', '.');
  const value = Number(typed);
  if (typed === '') return { problem: 'nothing was typed' };
  if (Number.isNaN(value)) return { problem: `“${excerpt(text.trim())}” is not a number` };
  if (value < min || value > max)
    return {
      problem: `“${excerpt(text.trim())}” is not between ${formatNumber(min)} and ${formatNumber(max)}`,
    };
  return { value, problem: null };
}
