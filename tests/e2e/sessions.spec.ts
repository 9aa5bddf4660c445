import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { expect, test } from './support/app.ts';
import { Site } from './support/site.ts';

/** What the page holds of the browser: workers that were not ended, listeners on what outlives a component, timers. */
interface Held {
  readonly workers: number;
  readonly listeners: number;
  readonly timers: number;
}

/** Keeps account of what the page takes from the browser and gives back. */
async function watchHolds(page: Page): Promise<() => Promise<Held>> {
  await page.addInitScript(() => {
    const workers = new Set<Worker>();
    const timers = new Set<unknown>();
    const listeners = new Map<string, number>();
    const Native = window.Worker;
    window.Worker = class extends Native {
      constructor(...args: ConstructorParameters<typeof Worker>) {
        super(...args);
        workers.add(this);
      }
      override terminate(): void {
        workers.delete(this);
        super.terminate();
      }
    };
    const { setInterval: every, clearInterval: stop } = window;
    Object.assign(window, {
      setInterval: (...args: Parameters<typeof setInterval>) => {
        const timer = every(...args);
        timers.add(timer);
        return timer;
      },
      clearInterval: (timer: number) => {
        timers.delete(timer);
        stop(timer);
      },
    });
    const lasting = (target: unknown) =>
      target === undefined ||
      target === window ||
      target === document ||
      target instanceof MediaQueryList;
    const count = (type: string, by: number) =>
      listeners.set(type, (listeners.get(type) ?? 0) + by);
    const { addEventListener, removeEventListener } = EventTarget.prototype;
    EventTarget.prototype.addEventListener = function (this: EventTarget, ...args: unknown[]) {
      if (lasting(this)) {
        const type = String(args[0]);
        count(type, 1);
        const { signal } = (args[2] ?? {}) as AddEventListenerOptions;
        signal?.addEventListener('abort', () => count(type, -1));
      }
      return Reflect.apply(addEventListener, this, args);
    };
    EventTarget.prototype.removeEventListener = function (this: EventTarget, ...args: unknown[]) {
      if (lasting(this)) count(String(args[0]), -1);
      return Reflect.apply(removeEventListener, this, args);
    };
    Object.assign(window, {
      held: () => ({
        workers: workers.size,
        listeners: [...listeners.values()].reduce((sum, n) => sum + n, 0),
        timers: timers.size,
      }),
    });
  });
  return () => page.evaluate(() => (window as unknown as { held(): Held }).held());
}

test.describe('two sessions on one page', () => {
  let folder = '';
  let site: Site;

  test.beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'reluscope-two-'));
    const root = fileURLToPath(new URL('./pages', import.meta.url));
    await build({
      configFile: false,
      logLevel: 'error',
      root,
      base: './',
      plugins: [react()],
      worker: { format: 'es' },
      build: {
        outDir: folder,
        emptyOutDir: true,
        rollupOptions: { input: join(root, 'two.html') },
      },
    });
    site = new Site(folder);
    await site.start();
  });
  test.afterAll(async () => {
    await site.stop();
    await rm(folder, { recursive: true });
  });

  test('train apart, and of one that is closed nothing is left', async ({ page }) => {
    const held = await watchHolds(page);
    const read = (name: string) => page.evaluate((of) => window.readState(of), name);
    await page.goto(`${site.url}two.html`);
    const [left, right] = ['left', 'right'].map((name) => page.getByRole('region', { name }));
    for (const name of ['left', 'right'])
      await expect.poll(async () => (await read(name)).drawn).toBe(true);
    await left.getByRole('button', { name: 'Play' }).click();
    await right.getByRole('button', { name: 'Play' }).click();
    for (const name of ['left', 'right'])
      await expect.poll(async () => (await read(name)).step).toBeGreaterThan(20);
    await expect(left.getByTestId('bound-C')).toBeVisible();
    await expect(right.getByTestId('bound-C')).toBeVisible();
    await page.screenshot({ path: test.info().outputPath('two-sessions.png') });
    // What is done in one leaves the other as it is.
    await left.getByRole('button', { name: 'New weights' }).click();
    await expect.poll(async () => (await read('left')).run).toBe(2);
    expect((await read('right')).run).toBe(1);
    // A key is for the one that has the focus; where nothing has it, for one of them.
    const runs = async () => [(await read('left')).run, (await read('right')).run];
    await right.getByRole('application').press('n');
    await expect.poll(runs).toEqual([2, 2]);
    await page.evaluate(() => (document.activeElement as SVGElement).blur());
    await page.keyboard.press('n');
    await expect.poll(runs).toEqual([3, 2]);

    const both = await held();
    expect(both.workers).toBe(8);
    const threads = page.workers().length;
    await page.evaluate(() => window.closeSession('right'));
    await expect(right).toHaveCount(0);
    await expect.poll(() => page.workers().length).toBe(threads / 2);
    const one = await held();
    expect(one.workers).toBe(4);
    expect(one.listeners).toBeLessThan(both.listeners);

    // The other one goes on, and the browser collects what was closed.
    const { step } = await read('left');
    await expect.poll(async () => (await read('left')).step).toBeGreaterThan(step + 20);
    const devtools = await page.context().newCDPSession(page);
    await expect
      .poll(async () => {
        await devtools.send('HeapProfiler.collectGarbage');
        return page.evaluate(() => window.closedSessions.map((part) => part.deref() === undefined));
      })
      .toEqual([true, true, true]);

    await page.evaluate(() => window.closeSession('left'));
    await expect.poll(() => page.workers().length).toBe(0);
    const none = await held();
    expect([none.workers, none.timers]).toEqual([0, 0]);
    expect(both.listeners - one.listeners).toBe(one.listeners - none.listeners);

    // What a page of the app listens to for its session ends with it.
    await page.evaluate(() => window.openAndClose());
    expect(await held()).toEqual(none);
  });
});
