import { webPort } from '../../src/jobs/port.ts';
import { serve } from '../../src/jobs/server.ts';
import { trainingJobs } from '../../src/jobs/training.ts';
import { sayHello } from './alive.ts';

serve(webPort(self), trainingJobs());
void sayHello();
