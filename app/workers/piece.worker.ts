import { pieceJobs } from '../../src/jobs/geometry/piece.ts';
import { webPort } from '../../src/jobs/port.ts';
import { serve } from '../../src/jobs/server.ts';
import { sayHello } from './alive.ts';

serve(webPort(self), pieceJobs);
void sayHello();
