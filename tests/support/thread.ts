import { Worker } from 'node:worker_threads';
import { build } from 'vite';
import { type Port, webPort } from '../../src/jobs/port.ts';

/** A TypeScript file as one script that Node can run in a thread. */
export async function threadScript(entry: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      ssr: entry,
      rollupOptions: { output: { format: 'cjs' } },
    },
  });
  if (!('output' in built)) throw new Error('one output was expected');
  const [script] = built.output;
  return script.code;
}

/** Starts a thread that gets one end of a channel as `workerData.port`; this is the other end. */
export function startThread(script: string): { port: Port; worker: Worker } {
  const { port1, port2 } = new MessageChannel();
  // Node's own type of a port, and the DOM's for the same thing.
  const port = port2 as unknown as import('node:worker_threads').MessagePort;
  const worker = new Worker(script, { eval: true, workerData: { port }, transferList: [port] });
  return { port: webPort(port1), worker };
}
