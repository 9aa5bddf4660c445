#!/usr/bin/env node
import { existsSync } from 'node:fs';

const built = new URL('../dist/main.js', import.meta.url);

if (existsSync(built)) {
  // A reader that has seen enough (`| head`) is no error.
  process.stdout.on('error', (error) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  const { main } = await import(built.href);
  const code = await main(process.argv.slice(2));
  // The threads of a GPU device would keep the process alive; what is still to be written goes first.
  process.stdout.write('', () => process.exit(code));
} else {
  process.stderr.write('reluscope: not built yet: run npm run build first\n');
  process.exitCode = 2;
}
