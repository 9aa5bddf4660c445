import { readFileSync } from 'node:fs';
import { CPU_FLAGS } from './lib/browser-flags.mjs';
import { openServedApp } from './lib/served-app.mjs';
import { FRAME_LIMIT, frameRatios, quantile, trends } from './lib/soak-verdict.mjs';
import { followWorkers, liveHeap } from './lib/worker-heaps.mjs';

/**
 * @typedef {import('./lib/soak-verdict.mjs').Sample} Sample
 * @typedef {Record<string, string | number>} Row of a table
 */

/**
 * Regions, the field of a bound and four circles. A small learning rate, weight decay and noise keep the training going
 * and the number of regions steady; the replay at the start is past the steep part.
 */
const STATE =
  '#data=spiral&noise=0.2&net=2-16-16-1&opt=adam&lr=0.0005&l2=0.0001&steps=4000&show=bound' +
  '&pick=0.3,0.2,0.25;-0.4,0.3,0.2;0.1,-0.5,0.3;-0.5,-0.4,0.15';
const SAMPLE_SECONDS = 5;
const SETTLE_MS = 1000;
const LEAST_SAMPLES = 6;
const MIB = 2 ** 20;

/**
 * Allowed growth per minute, in MiB or as a count: in half an hour 3 MiB of a heap, 15 MiB of the process.
 * Of the page's heap 0.04 a minute is the browser's record of requests, kept for the tool that drives it.
 * @type {Record<string, number>}
 */
const LIMITS = { heap: 0.1, buffers: 0.1, process: 0.5, listeners: 0.2, nodes: 2 };

/** @param {string} quantity such as `heap: page` */
const limitOf = (quantity) => LIMITS[quantity.split(':')[0]];

/** Keeps the time of every frame from now on in `window.soakFrames`. @param {import('@playwright/test').Page} page */
const watchFrames = (page) =>
  page.evaluate(() => {
    const state = { times: /** @type {number[]} */ ([]), last: 0 };
    Object.assign(window, { soakFrames: state });
    /** @param {number} now */
    const tick = (now) => {
      if (state.last > 0) state.times.push(now - state.last);
      state.last = now;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });

/** Takes the frame times since the last call. @param {import('@playwright/test').Page} page @returns {Promise<number[]>} */
const takeFrames = (page) =>
  page.evaluate(() => {
    const state = /** @type {any} */ (window).soakFrames;
    const { times } = state;
    // Frames between two intervals belong to neither.
    state.times = [];
    state.last = 0;
    return times;
  });

/** Resident memory of the page's process in bytes; null where the system has no /proc. */
async function residentMemory(/** @type {import('@playwright/test').CDPSession} */ browser) {
  if (process.platform !== 'linux') return null;
  const { processInfo } = await browser.send('SystemInfo.getProcessInfo');
  const sizes = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1]);
  // The browser keeps spare processes; the page's own is the largest.
  return 1024 * Math.max(...sizes.map(Number));
}

/** The step of the training. @param {import('@playwright/test').Page} page */
async function training(page) {
  const text = (await page.getByTestId('readout').textContent()) ?? '';
  const step = /step (.+?)(?:, epoch| of)/i.exec(text)?.[1];
  if (step === undefined) throw new Error(`the readout shows no step: ${text}`);
  return { step: Number(step.replace(/\D/g, '')), diverged: text.includes('diverged') };
}

/**
 * What page and workers hold now, in MiB or as a count.
 * @param {import('@playwright/test').CDPSession} session of the page
 * @param {() => Promise<Map<string, import('./lib/worker-heaps.mjs').Heap>>} workerHeaps
 */
async function measure(session, workerHeaps) {
  const send = /** @type {import('./lib/worker-heaps.mjs').Send} */ (session.send.bind(session));
  const heaps = new Map([['page', await liveHeap(send)], ...(await workerHeaps())]);
  const { metrics } = await session.send('Performance.getMetrics');
  const metric = (/** @type {string} */ name) => metrics.find((m) => m.name === name)?.value ?? 0;
  /** @type {Record<string, number>} */
  const values = {};
  for (const [name, { used }] of heaps) values[`heap: ${name}`] = used / MIB;
  for (const [name, { buffers }] of heaps) values[`buffers: ${name}`] = buffers / MIB;
  return /** @type {Record<string, number>} */ ({
    ...values,
    listeners: metric('JSEventListeners'),
    nodes: metric('Nodes'),
  });
}

/**
 * A row of the table: memory from the last of some samples, time and frames over all of them.
 * @param {readonly Sample[]} samples
 * @param {readonly { steps: number, seconds: number }[]} trained meanwhile
 * @returns {Row}
 */
function rowOf(samples, trained) {
  const { minute, values } = samples[samples.length - 1];
  const frames = samples.flatMap((sample) => sample.frames);
  const sum = (/** @type {'steps' | 'seconds'} */ key) => trained.reduce((s, t) => s + t[key], 0);
  const workers = (/** @type {string} */ kind) =>
    Object.entries(values)
      .filter(([quantity]) => quantity.startsWith(kind) && quantity !== `${kind}: page`)
      .reduce((sum, [, value]) => sum + value, 0);
  return {
    minute,
    'steps / s': sum('steps') / sum('seconds'),
    'page heap': values['heap: page'],
    'page buffers': values['buffers: page'],
    'workers heap': workers('heap'),
    'workers buffers': workers('buffers'),
    process: values.process ?? '–',
    listeners: values.listeners,
    nodes: values.nodes,
    'frame, median ms': quantile(frames, 0.5),
    'frame, 95 % ms': quantile(frames, 0.95),
    'frame, longest ms': Math.max(...frames),
  };
}

/**
 * Trains in the built page for a number of minutes, and watches memory, listeners and frames.
 * @param {number} minutes
 */
async function soak(minutes) {
  const app = await openServedApp(CPU_FLAGS);
  try {
    const page = await app.browser.newPage({ viewport: { width: 1440, height: 900 } });
    const session = await page.context().newCDPSession(page);
    const browser = await app.browser.newBrowserCDPSession();
    await session.send('Performance.enable');
    await page.goto(app.address + STATE);
    await page.locator('[data-ready="true"]').waitFor({ state: 'attached', timeout: 120_000 });
    const workerHeaps = await followWorkers(session);
    const play = page.getByRole('button', { name: 'Play', exact: true });
    const pause = page.getByRole('button', { name: 'Pause', exact: true });
    await play.click();
    await watchFrames(page);
    const began = performance.now();
    const now = () => (performance.now() - began) / 60_000;
    const tellEvery = Math.max(SAMPLE_SECONDS, 2 * minutes) / 60;
    /** @type {Sample[]} */
    const samples = [];
    /** @type {Sample[]} in no row yet */
    const fresh = [];
    /** @type {{ steps: number, seconds: number }[]} */
    const trained = [];
    /** @type {Row[]} */
    const rows = [];
    let restarts = 0;
    while (now() < minutes) {
      await takeFrames(page); // frames that a measurement delays belong to no interval
      const from = { at: now(), ...(await training(page)) };
      await page.waitForTimeout(1000 * SAMPLE_SECONDS);
      const frames = await takeFrames(page);
      const to = { at: now(), ...(await training(page)) };
      const resident = await residentMemory(browser);
      // Pictures in flight use memory too, but do not keep it: wait for them.
      if (await pause.isVisible()) await pause.click();
      await page.waitForTimeout(SETTLE_MS);
      const values = await measure(session, workerHeaps);
      if (resident !== null) values.process = resident / MIB;
      fresh.push({ minute: to.at, values, frames });
      trained.push({ steps: to.step - from.step, seconds: 60 * (to.at - from.at) });
      if (to.at >= tellEvery * (rows.length + 1)) {
        rows.push(rowOf(fresh, trained.splice(0)));
        samples.push(...fresh.splice(0));
        process.stderr.write(`${to.at.toFixed(1)} of ${minutes} min\n`);
      }
      // A finished run shows nothing any more: restart it.
      if (to.diverged || to.step === from.step) {
        restarts++;
        await page.getByRole('button', { name: 'Reset' }).click();
      }
      await play.click();
    }
    return { samples: [...samples, ...fresh], rows, restarts };
  } finally {
    await app.close();
  }
}

/**
 * Prints the results of a soak of a number of minutes, and whether anything grew.
 * @param {number} minutes
 * @param {(rows: Row[]) => string} table
 * @returns {Promise<boolean>} whether nothing grew
 */
export async function soakBench(minutes, table) {
  const { samples, rows, restarts } = await soak(minutes);
  if (samples.length < LEAST_SAMPLES)
    throw new Error(`${samples.length} samples in ${minutes} minutes say nothing: soak longer.`);
  console.log(`\nThe page while it trains for ${minutes} minutes; memory in MiB\n`);
  console.log(table(rows));
  const found = trends(samples, limitOf);
  console.log('\nThe second half: growth per minute, by least squares\n');
  console.log(
    table(
      found.map(({ quantity, level, slope, error, limit, grows }) => ({
        quantity,
        'at the end': level,
        'growth / min': slope,
        '± standard error': error,
        limit,
        grows: grows ? 'yes' : 'no',
      })),
    ),
  );
  const ratios = frameRatios(samples);
  const slower = ratios.mean > FRAME_LIMIT;
  const grown = found.filter(({ grows }) => grows).map(({ quantity }) => quantity);
  const again = restarts === 0 ? '' : ` The training was restarted ${restarts} times.`;
  console.log(
    `\nFrame times, last third over middle third: ${ratios.mean.toFixed(2)} on average, limit ` +
      `${FRAME_LIMIT}; ${ratios.p95.toFixed(2)} at 95 %.${again}`,
  );
  const flat = grown.length === 0 && !slower;
  if (flat) console.log(`Flat over ${minutes} minutes.`);
  if (grown.length > 0) console.log(`NOT FLAT: ${grown.join(', ')} grew by more than the limit.`);
  if (slower) console.log('NOT FLAT: frames took longer towards the end.');
  return flat;
}
