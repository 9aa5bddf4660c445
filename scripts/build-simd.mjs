// Makes the accessors of the packed structs, compiles the kernels of simd/ and writes them where the app finds them. The
// results are committed, so this is needed only after a kernel or a struct has changed. Only Node's own modules before the
// install check.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildBench } from './lib/build-bench.mjs';
import { ensureInstalled, root } from './lib/install.mjs';
import { requireNode } from './lib/node-version.mjs';

requireNode();
ensureInstalled();
const { accessorsSource, compileSimd, FIELDS_FILE, SIMD_MODULES, simdSource } = await import(
  './lib/simd.mjs'
);
try {
  const outDir = await buildBench('reluscope-structs', {
    structs: 'src/compute/packed/structs.ts',
  });
  const { JOB, LAYER } = await import(pathToFileURL(join(outDir, 'structs.js')).href);
  rmSync(outDir, { recursive: true, force: true });
  writeFileSync(join(root, FIELDS_FILE), accessorsSource({ JOB, LAYER }));
  for (const { entries, file } of SIMD_MODULES) {
    const module = await compileSimd(entries);
    writeFileSync(join(root, file), simdSource(module));
    console.log(`${file}: ${module.length} bytes of WebAssembly`);
  }
} catch (error) {
  console.error(/** @type {Error} */ (error).message);
  process.exitCode = 1;
}
