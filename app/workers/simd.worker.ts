import { webPort } from '../../src/compute/simd/protocol.ts';
import { serveSimd } from '../../src/compute/simd/threads.ts';

serveSimd(webPort(self));
