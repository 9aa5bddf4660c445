#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { setTimeout } from 'node:timers/promises';

const built = new URL('../dist/main.js', import.meta.url);

if (existsSync(built)) {
  /** @param {NodeJS.ErrnoException} error */
  const failed = (error) => {
    // A reader that has seen enough (`| head`) is no error.
    if (error.code === 'EPIPE') process.exit(0);
    process.stderr.write(`reluscope: standard output: cannot be written (${error.code})\n`);
    process.exit(1);
  };
  process.stdout.on('error', failed);
  // Nobody reads how far the work is: it goes on.
  process.stderr.on('error', () => {});
  const { main } = await import(built.href);
  const code = await main(process.argv.slice(2));
  const [signal] = Object.entries(constants.signals).find(([, n]) => code === 128 + n) ?? [];
  if (signal) {
    const busy = () => process.getActiveResourcesInfo().some((name) => name.startsWith('FS'));
    for (let tries = 0; busy() && tries < 10; tries++) await setTimeout(10);
    if (busy()) {
      // A read or write of a pipe that never comes to its end: `process.exit` would wait for it, the signal does not.
      process.removeAllListeners(signal);
      process.kill(process.pid, signal);
    }
  }
  // The threads of a GPU device would keep the process alive; what is still to be written goes first.
  process.stdout.write('', (error) => (error ? failed(error) : process.exit(code)));
} else {
  process.stderr.write('reluscope: not built yet: run npm run build first\n');
  process.exitCode = 2;
}
