// Compiles the kernels of simd/ and writes them where the app finds them. The result is committed, so this is needed
// only after a kernel has changed. Only Node's own modules before the install check.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, root } from './lib/install.mjs';
import { requireNode } from './lib/node-version.mjs';

requireNode();
ensureInstalled();
const { compileSimd, SIMD_MODULES, simdSource } = await import('./lib/simd.mjs');
try {
  for (const { entry, file } of SIMD_MODULES) {
    const module = await compileSimd(entry);
    writeFileSync(join(root, file), simdSource(module));
    console.log(`${file}: ${module.length} bytes of WebAssembly`);
  }
} catch (error) {
  console.error(/** @type {Error} */ (error).message);
  process.exitCode = 1;
}
