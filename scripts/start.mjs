// Serves ReLUscope on this machine. Only Node's own modules may be imported before the install check.
import { ensureInstalled, root } from './lib/install.mjs';
import { requireNode } from './lib/node-version.mjs';

requireNode();
const { startOptions } = await import('./lib/start-options.mjs');
const options = startOptions(process.argv.slice(2));
if (typeof options === 'string') {
  console.error(options);
  process.exit(2);
}
ensureInstalled();

// The built app, not the development server: one file instead of hundreds makes the first paint a matter of
// milliseconds, and what the user sees is what is published. `npm run dev` reloads on every change.
process.chdir(root);
const { build, preview } = await import('vite');
await build({ root, logLevel: 'warn' });
const server = await preview({ root, logLevel: 'warn', preview: options });
const addresses = server.resolvedUrls ?? { local: [], network: [] };
console.log('\n  ReLUscope is running. Open this address in a browser:\n');
for (const address of [...addresses.local, ...addresses.network]) console.log(`    ${address}`);
console.log('\n  Ctrl+C stops it.\n');
