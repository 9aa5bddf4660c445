import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { formulas } from './scripts/lib/formulas.mjs';

/** The property tests that cut a count with `trials`: the long tier runs them again, in full. */
const cut = readdirSync('tests/property')
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => `tests/property/${name}`)
  .filter((file) => readFileSync(file, 'utf8').includes("'../support/trials.ts'"));

export default defineConfig({
  test: {
    // Vitest leaves one core to itself, which is half of a machine with two.
    maxWorkers: availableParallelism(),
    projects: [
      {
        plugins: [formulas()],
        // Its package names a CommonJS file that its own "type": "module" keeps Node from loading.
        resolve: { alias: { wgsl_reflect: 'wgsl_reflect/wgsl_reflect.module.js' } },
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.ts'],
          environment: 'node',
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'property',
          include: ['tests/property/**/*.test.ts'],
          environment: 'node',
          // The longest takes twelve seconds of a core; a busy machine may give it a tenth of one.
          testTimeout: 180_000,
        },
      },
      {
        test: {
          name: 'trials',
          include: cut,
          environment: 'node',
          env: { TRIALS: 'all' },
          testTimeout: 600_000,
        },
      },
      {
        // One device at a time: a software adapter shares the two cores with everything else.
        test: {
          name: 'gpu',
          include: ['tests/gpu/**/*.test.ts'],
          environment: 'node',
          fileParallelism: false,
          testTimeout: 120_000,
        },
      },
    ],
  },
});
