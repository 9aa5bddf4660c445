import { parentPort } from 'node:worker_threads';
import type { Model } from '../../src/model/model.ts';
import { PieceWork } from '../../src/regions/parallel/piece.ts';
import type { PieceJob } from '../../src/regions/parallel/split.ts';

export interface Request {
  readonly net: Model;
  readonly job: PieceJob;
}

parentPort?.on('message', ({ net, job }: Request) => {
  const work = new PieceWork(net, job);
  work.run(Number.POSITIVE_INFINITY);
  const result = work.result();
  const buffers = Object.values(result).flatMap((part) =>
    ArrayBuffer.isView(part) && part.buffer instanceof ArrayBuffer ? [part.buffer] : [],
  );
  parentPort?.postMessage(result, buffers);
});
