import { join } from 'node:path';
import { root } from './install.mjs';

/**
 * Builds what a benchmark runs, and returns the folder: built, not run by a module runner, because wrapped imports
 * would slow down hot loops; under node_modules, so that the built files still find the packages that stay outside
 * them.
 *
 * @param {string} name of the folder
 * @param {Record<string, string>} input files by the names they get
 */
export async function buildBench(name, input) {
  const outDir = join(root, 'node_modules', '.cache', name);
  // Vite may have been installed only a moment ago.
  const { build } = await import('vite');
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      target: 'node20',
      minify: false,
      rollupOptions: { input, output: { entryFileNames: '[name].js' } },
    },
  });
  return outDir;
}
