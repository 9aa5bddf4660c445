import { PieceWork } from '../../regions/parallel/piece.ts';
import { buffersOf, moved, type Served, type Turn } from '../server.ts';
import type { PieceJobs } from '../services.ts';
import { inSlices } from '../slices.ts';

const TELL_EVERY_MS = 50;

async function piece(
  { net, share }: PieceJobs['piece']['parameters'],
  turn: Turn<PieceJobs['piece']['progress']>,
) {
  const work = new PieceWork(net, share);
  let toldAt = performance.now();
  await inSlices(work.cutInSteps(), turn, () => {
    if (performance.now() - toldAt < TELL_EVERY_MS) return;
    toldAt = performance.now();
    turn.tell(work.regionsSoFar);
  });
  turn.tell(work.regionsSoFar);
  const result = await inSlices(work.resultInSteps(), turn);
  return moved(result, buffersOf(result));
}

/** Cuts shares of large views. */
export const pieceJobs: Served<PieceJobs> = { piece };
