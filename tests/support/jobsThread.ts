import { workerData } from 'node:worker_threads';
import { webPort } from '../../src/jobs/port.ts';
import { serve } from '../../src/jobs/server.ts';
import { sampleJobs } from './sampleJobs.ts';

serve(webPort(workerData.port), sampleJobs());
