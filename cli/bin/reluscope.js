#!/usr/bin/env node
import { existsSync } from 'node:fs';

const built = new URL('../dist/main.js', import.meta.url);

if (existsSync(built)) {
  // A reader that has seen enough (`| head`) is no error.
  process.stdout.on('error', (error) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  const { main } = await import(built.href);
  process.exitCode = main(process.argv.slice(2));
} else {
  process.stderr.write('reluscope: not built yet: run npm run build first\n');
  process.exitCode = 2;
}
