import { serveSimd } from '../../src/compute/simd/threads.ts';
import { webPort } from '../../src/jobs/port.ts';
import { isLifeSign, sayHello } from './alive.ts';

const port = webPort(self);
serveSimd({
  ...port,
  // Whether it is there is asked of the worker, not of the kernels.
  listen: (onMessage, onFailure) =>
    port.listen((message) => isLifeSign(message) || onMessage(message), onFailure),
});
void sayHello();
