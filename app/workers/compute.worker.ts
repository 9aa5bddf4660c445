import { computeJobs } from '../../src/jobs/compute/compute.ts';
import { webPort } from '../../src/jobs/port.ts';
import { serve } from '../../src/jobs/server.ts';
import { sayHello } from './alive.ts';
import { SimdThreads } from './simdThreads.ts';

serve(webPort(self), computeJobs({ gpu: navigator.gpu, threads: new SimdThreads() }));
void sayHello();
