import { CPU_FLAGS, WEBGPU_FLAGS } from './lib/browser-flags.mjs';
import { openServedApp } from './lib/served-app.mjs';

const SECONDS = 5;
const STATE = '#data=spiral&net=2-16-16-1';

/**
 * Frames per second of the page while it trains 2-16-16-1 with its regions drawn, and the longest wait between two
 * frames: the mean alone hides a stutter.
 * @param {string} backend
 * @param {string[]} flags
 * @param {string} choice value of the setting "compute": a software adapter is taken only when asked for by name
 */
async function trainingFrames(backend, flags, choice) {
  const app = await openServedApp(flags);
  try {
    const page = await app.browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(`${app.address}${STATE}&compute=${choice}`);
    await page.locator('[data-ready="true"]').waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await page.waitForTimeout(1000);
    const { frames, longest, elapsed } = await page.evaluate(
      (milliseconds) =>
        /** @type {Promise<{ frames: number, longest: number, elapsed: number }>} */ (
          new Promise((resolve) => {
            let frames = 0;
            let longest = 0;
            let began = 0;
            let last = 0;
            /** @param {number} now */
            const tick = (now) => {
              if (began === 0) began = now;
              else {
                frames += 1;
                longest = Math.max(longest, now - last);
              }
              last = now;
              if (now - began < milliseconds) requestAnimationFrame(tick);
              else resolve({ frames, longest, elapsed: now - began });
            };
            requestAnimationFrame(tick);
          })
        ),
      1000 * SECONDS,
    );
    return {
      backend,
      'frames / s': (1000 * frames) / elapsed,
      'longest frame (ms)': longest,
      'over (s)': SECONDS,
    };
  } finally {
    await app.close();
  }
}

/** One row per backend; rows as `tests/bench/table.ts` describes them. */
export async function pageBench() {
  return [
    await trainingFrames('WebGPU (software adapter)', WEBGPU_FLAGS, 'webgpu'),
    await trainingFrames('CPU', CPU_FLAGS, 'reference'),
  ];
}
