import { type HostileKind, runHostileFiles } from '../property/hostileFiles.ts';
import type { Row } from './table.ts';

const CALLS: [HostileKind, number][] = [
  ['network', 5000],
  ['csv', 2500],
  ['npy', 2500],
];
const MOST_SHOWN = 20;

/** The command line on 10,000 mutated files: how many it answers and refuses, and its faults. */
export async function hostileBench(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [kind, count] of CALLS) {
    const { refused, answered, slowestMs, faults } = await runHostileFiles(kind, 0, count);
    for (const fault of faults.slice(0, MOST_SHOWN)) console.error(fault);
    rows.push({
      file: kind,
      calls: count,
      refused,
      answered,
      'slowest, ms': slowestMs,
      faults: faults.length,
    });
  }
  return rows;
}
