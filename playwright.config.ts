import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';
import { CPU_FLAGS, WEBGPU_FLAGS } from './scripts/lib/browser-flags.mjs';

// `npm test` builds the site first, finds the browser and may choose the port.
const port = Number(process.env.E2E_PORT ?? 4174);
const executablePath = process.env.CHROMIUM_PATH;

const launch = (args: string[]) => ({
  launchOptions: { args, ...(executablePath ? { executablePath } : {}) },
});

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  forbidOnly: process.env.CI !== undefined,
  retries: 0,
  // When the site itself is broken every test waits in vain: ten of them tell enough.
  maxFailures: 10,
  // Every page has workers of its own: more pages than cores would only wait for each other.
  workers: Math.min(availableParallelism(), 4),
  // Tests share nothing but the server of the built site.
  fullyParallel: true,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    baseURL: `http://127.0.0.1:${port}/`,
    headless: true,
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
  },
  /*
   * Two tiers: `npm test` runs `cpu` and `webgpu`, `npm test -- long` the others.
   *
   * - Without a word a test runs once, without WebGPU: the page, the regions and the bounds are the same code either
   *   way, since the page passes a software adapter over unless it is told to take it.
   * - `@webgpu`: it runs with WebGPU as well, because there the page does something else. `@webgpu-only`: it runs
   *   there alone, because losing the GPU takes a GPU process that serves WebGPU.
   * - `@long`: it takes long and guards little, so that it runs in the long tier.
   */
  projects: [
    { name: 'cpu', grepInvert: /@long|@webgpu-only/, use: launch(CPU_FLAGS) },
    { name: 'webgpu', grep: /@webgpu/, grepInvert: /@long/, use: launch(WEBGPU_FLAGS) },
    { name: 'cpu-long', grep: /@long/, grepInvert: /@webgpu-only/, use: launch(CPU_FLAGS) },
    {
      // What takes long there, and once more where there is an adapter to pass over: what starts the page, and what asks
      // for bounds and fields.
      name: 'webgpu-long',
      grep: [
        /@webgpu.*@long|@long.*@webgpu/,
        /(compute|embed|first-light|serving)\.spec\.ts(?!.*@webgpu)/,
      ],
      use: launch(WEBGPU_FLAGS),
    },
  ],
  webServer: {
    command: `node node_modules/vite/bin/vite.js preview --host 127.0.0.1 --strictPort --port ${port}`,
    url: `http://127.0.0.1:${port}/`,
    reuseExistingServer: false,
    timeout: 30_000,
  },
});
