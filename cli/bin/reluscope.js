#!/usr/bin/env node
import { existsSync } from 'node:fs';

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
  const { main } = await import(built.href);
  const code = await main(process.argv.slice(2));
  // The threads of a GPU device would keep the process alive; what is still to be written goes first.
  process.stdout.write('', (error) => (error ? failed(error) : process.exit(code)));
} else {
  process.stderr.write('reluscope: not built yet: run npm run build first\n');
  process.exitCode = 2;
}
