import { REGION_TITLES, regionRows } from '../../../src/export/regionTable.ts';
import type { Model } from '../../../src/model/model.ts';
import { linearRegions } from '../../../src/regions/linear/linearRegions.ts';
import { FORMAT, formatOf, OUT } from '../batch/tableOfBalls.ts';
import { openTableWriter } from '../batch/tableWriter.ts';
import type { Io } from '../io.ts';
import type { Arguments } from '../options.ts';
import { Progress } from '../progress.ts';
import { ALL_REGIONS, allRegions, BOX, requirePlane } from './options.ts';
import type { WritingVerb } from './verb.ts';

export const regions: WritingVerb = {
  name: 'regions',
  summary: 'list the activation regions in a box of the plane',
  options: [...ALL_REGIONS, OUT, FORMAT],
  prints: `a table with a row per region: ${REGION_TITLES.join(', ')};
x, y and r are those of the insphere; pattern is a word per hidden layer`,
  write,
};

async function write(net: Model, given: Arguments, io: Io): Promise<void> {
  requirePlane(net);
  const out = given.has(OUT.name) ? given.text(OUT.name) : undefined;
  const format = formatOf(given, out);
  const progress = new Progress(io, given);
  try {
    const complex = allRegions(net, given.box(BOX.name), given, progress);
    const row = regionRows(net, complex, linearRegions(net, complex));
    const options = { inputs: [given.positional[0]], keepPartial: false };
    const table = await openTableWriter(REGION_TITLES, format, out, io, options);
    try {
      await table.write(complex.faceCount, row);
      await table.finish();
    } catch (error) {
      await table.abandon(false);
      throw error;
    }
  } finally {
    progress.end();
  }
}
