// Compares the compute backends with libraries made for browsers and with plain loops: `npm run bench:compute`, with
// `-- --full` for everything, `--only forward`, `bounds` or `ladder` for that, `--json FILE` for the raw numbers. Needs
// no display; on a machine with a graphics card it measures that. The libraries are installed on demand, for this alone. Only Node's own modules may be imported
// before the install check.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildBench } from './lib/build-bench.mjs';
import { softwareVulkan } from './lib/chromium.mjs';
import { ensureInstalled, root } from './lib/install.mjs';
import { requireNode } from './lib/node-version.mjs';

requireNode();
ensureInstalled();
ensureInstalled(join(root, 'tests', 'bench', 'rivals'));

const outDir = await buildBench('reluscope-bench-compute', {
  main: 'tests/bench/backends/main.ts',
});

const PROBE = `const { create } = await import('webgpu');
process.exit((await create([]).requestAdapter()) ? 0 : 1);`;

/** A process of its own: Dawn and the Vulkan loader read their environment once, at the start. */
const hasAdapter = () =>
  spawnSync(process.execPath, ['--input-type=module', '-e', PROBE], { cwd: root, stdio: 'ignore' })
    .status === 0;

// The machine's own driver first; Chromium's software one only where there is none.
const vulkan = hasAdapter() ? {} : softwareVulkan(process.env.CHROMIUM_PATH ?? '', process.env);
const { status } = spawnSync(
  process.execPath,
  [join(outDir, 'main.js'), ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit', env: { ...process.env, ...vulkan } },
);
rmSync(outDir, { recursive: true, force: true });
process.exitCode = status ?? 1;
