import { geometryJobs } from '../../src/jobs/geometry/geometry.ts';
import { webPort } from '../../src/jobs/port.ts';
import { serve } from '../../src/jobs/server.ts';
import { sayHello } from './alive.ts';
import { PieceCrew } from './crew.ts';

serve(webPort(self), geometryJobs(new PieceCrew(navigator.hardwareConcurrency)));
void sayHello();
