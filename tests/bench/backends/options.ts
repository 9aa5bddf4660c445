import { parseArgs } from 'node:util';
import type { Ceilings } from './ceilings.ts';

/** What is measured. */
const SECTIONS = ['forward', 'bounds', 'ladder'] as const;
type Section = (typeof SECTIONS)[number];

export interface BenchOptions {
  /** Everything, with long measurements: for a machine that does nothing else. */
  readonly full: boolean;
  /** File for the raw numbers. */
  readonly json: string | undefined;
  /** All sections, or one. */
  readonly sections: readonly Section[];
  /** The ceilings of the device as its maker states them, instead of measured ones. */
  readonly ceilings: Ceilings | undefined;
}

/** Throws an `Error` with one sentence for options that make no sense. */
export function readOptions(words: string[]): BenchOptions {
  const { values } = parseArgs({
    args: words,
    options: {
      full: { type: 'boolean', default: false },
      json: { type: 'string' },
      only: { type: 'string' },
      'peak-gflops': { type: 'string' },
      'peak-gbps': { type: 'string' },
    },
  });
  const [gflops, gbps] = [values['peak-gflops'], values['peak-gbps']];
  if ((gflops === undefined) !== (gbps === undefined))
    throw new Error('--peak-gflops and --peak-gbps go together.');
  const ceilings =
    gflops === undefined || gbps === undefined
      ? undefined
      : { flopsPerMs: 1e6 * positive(gflops), bytesPerMs: 1e6 * positive(gbps) };
  const sections = SECTIONS.filter((name) => name === (values.only ?? name));
  if (sections.length === 0) throw new Error(`--only takes one of ${SECTIONS.join(', ')}.`);
  return { full: values.full, json: values.json, sections, ceilings };
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value < Number.POSITIVE_INFINITY))
    throw new Error(`A ceiling must be a number greater than 0, not "${text}".`);
  return value;
}
