import { CPU_FLAGS, WEBGPU_FLAGS } from './lib/browser-flags.mjs';
import { openServedApp } from './lib/served-app.mjs';

const SECONDS = 5;
const STATE = '#data=spiral&net=2-16-16-1';

/**
 * Counts the frames that the page shows in a number of milliseconds.
 * @param {import('@playwright/test').Page} page
 * @param {number} milliseconds
 * @returns {Promise<{ frames: number, longest: number, elapsed: number }>}
 */
const framesOf = (page, milliseconds) =>
  page.evaluate(
    (wanted) =>
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
          if (now - began < wanted) requestAnimationFrame(tick);
          else resolve({ frames, longest, elapsed: now - began });
        };
        requestAnimationFrame(tick);
      }),
    milliseconds,
  );

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
    const { frames, longest, elapsed } = await framesOf(page, 1000 * SECONDS);
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

/** What is panned: few regions, many, and more than 100,000. */
const PANNED = ['#net=2-16-16-1', '#net=2-64-64-64-1', '#net=2-256-256-1&view=0,0,3'];

/**
 * Frames per second while a pointer drags the map, and the CPU time of a frame on the page's own thread, which other
 * programs do not disturb. Every move requests the regions of another view.
 * @param {import('@playwright/test').Page} page
 * @param {string} address
 */
async function panningFrames(page, address) {
  await page.goto('about:blank');
  await page.goto(address);
  await page.locator('[data-ready="true"]').waitFor({ state: 'attached' });
  await page.waitForTimeout(1500);
  const regions = Number(await page.getByTestId('counts').getAttribute('data-regions'));
  const box = await page.getByRole('application').boundingBox();
  if (box === null) throw new Error('the map has no box');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const busy = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
  };
  await page.mouse.move(x, y);
  await page.mouse.down();
  let over = false;
  const before = await busy();
  const counting = framesOf(page, 1000 * SECONDS).finally(() => {
    over = true;
  });
  for (let i = 0; !over; i++)
    await page.mouse.move(x + 120 * Math.sin(i / 20), y + 80 * Math.cos(i / 17));
  const { frames, longest, elapsed } = await counting;
  const spent = (await busy()) - before;
  await page.mouse.up();
  await session.detach();
  return {
    regions,
    'frames / s': (1000 * frames) / elapsed,
    'longest frame (ms)': longest,
    'page thread (ms / frame)': (1000 * spent) / frames,
    'over (s)': SECONDS,
  };
}

/** One row per network that is panned. */
export async function panBench() {
  const app = await openServedApp(CPU_FLAGS);
  try {
    const page = await app.browser.newPage({ viewport: { width: 1440, height: 900 } });
    const rows = [];
    for (const state of PANNED) rows.push(await panningFrames(page, app.address + state));
    return rows;
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
