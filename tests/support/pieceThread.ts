import { workerData } from 'node:worker_threads';
import { pieceJobs } from '../../src/jobs/geometry/piece.ts';
import { webPort } from '../../src/jobs/port.ts';
import { serve } from '../../src/jobs/server.ts';

serve(webPort(workerData.port), pieceJobs);
