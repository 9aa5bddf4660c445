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
  workers: 1,
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
  projects: [
    // The page's shape and the engine of the regions are the same code with a GPU and without.
    {
      name: 'webgpu',
      testIgnore: [
        'charts.spec.ts',
        'endings.spec.ts',
        'keyboard.spec.ts',
        'layout.spec.ts',
        'links.spec.ts',
        'pointer.spec.ts',
        'regions.spec.ts',
        'sessions.spec.ts',
        'streaming.spec.ts',
        'unstarted.spec.ts',
        'words.spec.ts',
        'workers.spec.ts',
      ],
      use: launch(WEBGPU_FLAGS),
    },
    // Losing the GPU takes a GPU process that serves WebGPU.
    { name: 'cpu', testIgnore: 'gpu-loss.spec.ts', use: launch(CPU_FLAGS) },
  ],
  webServer: {
    command: `node node_modules/vite/bin/vite.js preview --host 127.0.0.1 --strictPort --port ${port}`,
    url: `http://127.0.0.1:${port}/`,
    reuseExistingServer: false,
    timeout: 30_000,
  },
});
