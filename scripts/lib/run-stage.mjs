import { spawnSync } from 'node:child_process';
import { root } from './install.mjs';
import { stageTally } from './summary.mjs';

/** Colour codes do not belong in a log file, but some tools write them anyway. */
const plain = process.stdout.isTTY ? {} : { NO_COLOR: '1', FORCE_COLOR: undefined };

/**
 * Runs one stage with its output on the screen.
 * @param {import('./stages.mjs').Stage} stage
 * @param {string} reports a folder for the runners' reports
 * @param {Record<string, string>} env added to this process's own
 * @returns {{ ok: boolean, tally: import('./summary.mjs').Tally }}
 */
export function runStage(stage, reports, env) {
  console.log(`\n── ${stage.name}: ${stage.what}`);
  const began = performance.now();
  const ok = stage.commands(reports).every((command) => {
    const { status } = spawnSync(process.execPath, command, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...plain, ...env, ...stage.env?.(reports) },
    });
    return status === 0;
  });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`── ${stage.name}: ${ok ? 'passed' : 'FAILED'} in ${seconds} s`);
  return { ok, tally: stageTally(readReport(stage, reports, ok), ok) };
}

/**
 * A runner that crashed may have left no report; one that claims success must have left one.
 * @param {import('./stages.mjs').Stage} stage
 * @param {string} reports
 * @param {boolean} ok
 */
function readReport(stage, reports, ok) {
  if (stage.report === undefined) return null;
  try {
    return stage.report(reports);
  } catch (error) {
    if (ok) throw error;
    console.error(`${stage.name} left no readable report: ${/** @type {Error} */ (error).message}`);
    return null;
  }
}
