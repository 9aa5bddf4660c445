import { overviewOf } from '../../regions/measure/overview.ts';
import { boxRegionsInSteps } from '../../regions/query/boxRegions.ts';
import { DiscCount, type DiscRegions } from '../../regions/query/disc.ts';
import { Hold } from '../hold.ts';
import type { Served } from '../server.ts';
import type { GeometryJobs } from '../services.ts';
import { inSlices, pass } from '../slices.ts';
import { pictureJob } from './picture.ts';
import type { Crew } from './pieces.ts';

/** Pictures and exact counts; large pictures are divided among a crew. */
export function geometryJobs(crew: Crew): Served<GeometryJobs> {
  /** Held while discs are being counted: a hand may be dragging them. */
  const boxes = new Hold();
  return {
    prepare: () => crew.hire(),

    picture: pictureJob(crew),

    async discs({ net, discs }, turn) {
      const found: DiscRegions[] = [];
      boxes.set(true, turn);
      try {
        for (const { x, y, r } of discs)
          found.push(await inSlices(new DiscCount(net, x, y, r), turn));
      } finally {
        boxes.set(false, turn);
      }
      return found;
    },

    async box({ net, box, maxRegions }, turn) {
      const unwatch = boxes.watch((held) => turn.hold.set(held, boxes));
      try {
        await pass(turn);
        return await inSlices(boxRegionsInSteps(net, box, maxRegions), turn);
      } finally {
        unwatch();
      }
    },

    overview: ({ outlines }) => overviewOf(outlines),
  };
}
