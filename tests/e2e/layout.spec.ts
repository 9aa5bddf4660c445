import type { Page } from '@playwright/test';
import { expect, openApp, test, unfold } from './support/app.ts';
import { axeFaults } from './support/axe.ts';

const SIZES = [
  { name: 'desktop', width: 1440, height: 900 },
  { name: 'tablet', width: 900, height: 1100 },
  { name: 'phone', width: 390, height: 844 },
  { name: 'narrow phone', width: 360, height: 740 },
];

/** Panels that can be scrolled sideways, whether the page itself can, sideways or down, and what sticks out of the window. */
const scrolling = (page: Page) =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement;
    const wide = [...document.querySelectorAll('#root *')].filter(
      (e) =>
        e.scrollWidth > e.clientWidth + 1 &&
        ['auto', 'scroll'].includes(getComputedStyle(e).overflowX),
    );
    const out = [...document.querySelectorAll(':is(button, select, input, h1)')].filter((e) => {
      const { left, right, width } = e.getBoundingClientRect();
      return e.checkVisibility() && width > 1 && (left < -0.5 || right > innerWidth + 0.5);
    });
    return {
      out: out.map((e) => e.getAttribute('aria-label') ?? e.textContent),
      panels: wide.map((e) => e.getAttribute('aria-label') ?? e.className),
      sideways: scrollWidth > clientWidth,
      down: scrollHeight > clientHeight,
    };
  });

/** The map's part of the window, of which it may reach out of sight. */
async function shareOfMap(page: Page): Promise<number> {
  const box = await page.getByTestId('map').boundingBox();
  const window = page.viewportSize();
  if (!box || !window) throw new Error('there is no map');
  const seen = Math.min(window.height, box.y + box.height) - Math.max(0, box.y);
  return (box.width * seen) / (window.width * window.height);
}

const THEMES = ['light', 'dark', 'projector'];
for (const { width, height, share, themes = ['light'] } of [
  { width: 1440, height: 900, share: 0.47, themes: THEMES },
  { width: 1280, height: 720, share: 0.42, themes: THEMES },
  { width: 1920, height: 1080, share: 0.47, themes: ['projector'] },
  { width: 1280, height: 560, share: 0.42 },
  { width: 1024, height: 768, share: 0.42, themes: ['projector'] },
  { width: 768, height: 1024, share: 0.4 },
  { width: 844, height: 390, share: 0.4, themes: ['light', 'projector'] },
  { width: 390, height: 844, share: 0.4 },
  { width: 360, height: 640, share: 0.4 },
])
  test(`In a window of ${width} × ${height} the map has its share, and nothing scrolls sideways`, async ({
    browser,
  }) => {
    const touch = Math.min(width, height) < 1024 && width <= 1024;
    const context = await browser.newContext({
      viewport: { width, height },
      hasTouch: touch,
      isMobile: touch,
    });
    const page = await context.newPage();
    await unfold(page);
    for (const theme of themes) {
      await openApp(page, `?theme=${theme}#pick=0.2,0.1,0.25;-0.4,0.3,0.2&steps=20`);
      await expect(page.getByTestId('bound-C')).toBeVisible();
      expect(await shareOfMap(page), theme).toBeGreaterThanOrEqual(share);
      const sheets = page.getByRole('navigation', { name: 'Panels' }).getByRole('button');
      const sheet = await sheets.count();
      for (let i = 0; i < Math.max(1, sheet); i++) {
        if (sheet > 0) await sheets.nth(i).click();
        const { down, ...found } = await scrolling(page);
        expect(found, theme).toEqual({ out: [], panels: [], sideways: false });
        // Only a phone held upright has its sheet below the window's edge.
        if (width > 767 || height <= 500) expect(down, theme).toBe(false);
        if (touch) expect(await smallTargets(page)).toEqual([]);
      }
    }
    if (height <= 500) {
      const box = await page.getByTestId('map').boundingBox();
      expect(box?.height).toBeGreaterThanOrEqual(300);
    }
    await context.close();
  });

/** What a finger may miss: controls lower than 44 pixels, but for words of running text. */
const smallTargets = (page: Page) =>
  page.evaluate(() =>
    [
      ...document.querySelectorAll(
        ':is([aria-label="Set-up"], aside, [data-testid="transport"], nav) :is(button:not([data-term]), select, input:not([type="checkbox"]), label:has(> input), summary)',
      ),
    ]
      .filter((e) => e.checkVisibility() && !e.closest('[aria-label="Skip"]'))
      .filter((e) => e.getBoundingClientRect().height < 43.5)
      .map((e) => `${e.tagName} ${e.getAttribute('aria-label') ?? e.textContent}`),
  );

test('Notices leave the middle of the map free, and what stands below it', async ({ page }) => {
  for (const [width, height] of [
    [1440, 900],
    [844, 390],
    [360, 640],
  ]) {
    await page.setViewportSize({ width, height });
    await openApp(page, `?${width}#net=2-4-1&lr=fast&n=99999&nosuch=1&batch=0&noise=x&l1=7`);
    await expect(page.getByTestId('notice')).toBeVisible();
    const covered = await page.evaluate(() => {
      const free = (x: number, y: number) =>
        !document.elementFromPoint(x, y)?.closest('[data-testid="notice"]');
      const map = document.querySelector('[data-testid="map"]')?.getBoundingClientRect();
      if (!map) return ['the map'];
      const buttons = [
        ...document.querySelectorAll('[data-testid="transport"] :is(button, select)'),
      ].map((e) => e.getBoundingClientRect());
      const places = [map, ...buttons].map((r) => [r.x + r.width / 2, r.y + r.height / 2]);
      return places.filter(([x, y]) => !free(x, y));
    });
    expect(covered, `${width} × ${height}`).toEqual([]);
  }
});

test('Before a projector the rail folds away, and the map has the room', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await openApp(page, '#theme=projector');
  await expect(page.getByRole('heading', { name: 'Network' })).toBeHidden();
  const box = await page.getByTestId('map').boundingBox();
  expect(box?.width).toBeGreaterThan(620);
  await page.getByRole('button', { name: 'Set-up' }).first().click();
  await expect(page.getByRole('heading', { name: 'Network' })).toBeVisible();
});

test('On a phone of 360 pixels the buttons of the transport stand in one row', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await openApp(page);
  const tops = await page
    .getByTestId('transport')
    .locator('button:not([data-term])')
    .evaluateAll((buttons) => buttons.map((button) => button.getBoundingClientRect().top));
  expect(tops).toHaveLength(5);
  expect(new Set(tops).size).toBe(1);
});

for (const { name, theme = 'light', width = 1440, height = 900, forced = false } of [
  { name: 'the light theme' },
  { name: 'the dark theme', theme: 'dark' },
  { name: 'the projector theme', theme: 'projector' },
  { name: 'forced colours', theme: 'auto', forced: true },
  { name: 'a phone held upright', width: 390, height: 844 },
  { name: 'a tablet', width: 768, height: 1024 },
])
  test(`axe finds nothing: ${name}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    if (forced) await page.emulateMedia({ forcedColors: 'active' });
    await unfold(page);
    await openApp(page, `#theme=${theme}&pick=0.2,0.1,0.25;-0.4,0.3,0.2`);
    await expect(page.getByTestId('bound-C')).toBeVisible();
    expect(await axeFaults(page)).toEqual([]);
  });

test('The legend of a field leaves the map to be seen on a phone on its side', async ({ page }) => {
  await page.setViewportSize({ width: 844, height: 390 });
  await openApp(page, '#show=bound&pick=0.2,0.1,0.25');
  await expect(page.getByTestId('legend')).toContainText('0');
  const height = async (part: string) => (await page.getByTestId(part).boundingBox())?.height ?? 0;
  expect(await height('legend')).toBeLessThan((await height('map')) / 3);
});

test('On a phone a tap sets a circle and the sheets show inspector, set-up and charts', async ({
  phone: page,
}) => {
  await openApp(page);
  await page.getByRole('application').tap({ position: { x: 200, y: 180 } });
  await expect(page.locator('[data-circle]')).toHaveCount(1);
  await expect(page.getByTestId('bound-C')).toBeVisible();
  await page.getByRole('button', { name: 'Set-up' }).last().click();
  await expect(page.getByRole('heading', { name: 'Network' })).toBeVisible();
  await page.getByRole('button', { name: 'Charts' }).click();
  await expect(page.getByRole('region', { name: 'Training over time' })).toBeVisible();
});

test('An embed shows the map and a play button, starts paused and fits 480 × 270', async ({
  page,
}) => {
  await page.setViewportSize({ width: 480, height: 270 });
  await openApp(page, '?embed=1#net=2-8-8-1&data=spiral');
  await expect(page.getByRole('button')).toHaveCount(1);
  const text = page.getByTestId('embed-bar').locator('p');
  const before = await text.textContent();
  await page.waitForTimeout(400);
  expect(await text.textContent()).toBe(before);
  await page.getByRole('button', { name: 'Play' }).click();
  await expect.poll(() => text.textContent()).not.toBe(before);
  await page.getByRole('button', { name: 'Pause' }).click();
});

for (const { name, width, height } of SIZES)
  test(`Nothing sticks out of the inspector on a ${name}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await unfold(page);
    await openApp(page, '#pick=0.0308483,-0.0339333,0.25');
    await expect(page.getByTestId('bound-C')).toBeVisible();
    const { clipped, outside } = await page.getByRole('complementary').evaluate((inspector) => {
      const right = inspector.getBoundingClientRect().right;
      const padding = Number.parseFloat(getComputedStyle(inspector).paddingRight);
      const inputs = [...inspector.querySelectorAll<HTMLInputElement>('input[inputmode]')];
      return {
        outside: inputs.filter((i) => i.getBoundingClientRect().right > right - padding + 0.5)
          .length,
        clipped: inputs.filter((i) => i.scrollWidth > i.clientWidth).map((i) => i.value),
      };
    });
    expect(outside).toBe(0);
    expect(clipped).toEqual([]);
  });

test('The map keeps its size while the numbers under it grow', async ({ page }) => {
  for (const [width, theme] of [
    [1440, 'light'],
    [1600, 'light'],
    [1440, 'projector'],
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    await openApp(page, `?theme=${theme}#data=drawn`);
    const without = await page.getByTestId('map').boundingBox();
    await page.goto('about:blank');
    await openApp(page, `?theme=${theme}#net=2-64-64-1&steps=200`);
    await expect(page.getByTestId('smaller')).toBeVisible();
    await expect(page.getByTestId('accuracy')).toBeVisible();
    expect((await page.getByTestId('map').boundingBox())?.width).toBe(without?.width);
    await page.goto('about:blank');
  }
});

for (const [width, height, query] of [
  [1440, 900, ''],
  [1280, 720, '?theme=projector'],
  [390, 844, ''],
] as const)
  test(`The map keeps its size while the rest of the page arrives, in a window of ${width} × ${height}`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await page.addInitScript(() => {
      const sizes: string[] = [];
      const observer = new ResizeObserver(([{ contentRect }]) => {
        sizes.push(`${contentRect.width} × ${contentRect.height}`);
        document.documentElement.dataset.sizes = sizes.join('; ');
      });
      new MutationObserver((_, changes) => {
        const map = document.querySelector('[data-testid="map"]');
        if (map === null) return;
        changes.disconnect();
        observer.observe(map);
      }).observe(document, { childList: true, subtree: true });
    });
    await openApp(page, query);
    await expect(page.getByTestId('bound-C')).toBeAttached();
    await expect(page.getByTestId('map-tools')).toBeVisible();
    await expect(page.locator('section[aria-label="Training over time"]')).toBeAttached();
    await expect(page.locator('html')).toHaveAttribute('data-sizes', /^[\d.]+ × [\d.]+$/);
  });

test('The map shows that it has the keyboard', async ({ page }) => {
  await unfold(page);
  await openApp(page);
  // The last stop before the map in the page, so that Tab goes to it.
  await page.getByRole('combobox', { name: 'Backend' }).focus();
  const map = page.getByRole('application');
  for (let i = 0; i < 4 && !(await map.evaluate((e) => e === document.activeElement)); i++)
    await page.keyboard.press('Tab');
  await expect(map).toBeFocused();
  const { style, offset } = await map.evaluate((e) => {
    const { outlineStyle, outlineOffset } = getComputedStyle(e);
    return { style: outlineStyle, offset: Number.parseFloat(outlineOffset) };
  });
  expect(style).toBe('solid');
  // The map cuts off what lies outside of it.
  expect(offset).toBeLessThan(0);
});

for (const { name, width, height } of SIZES)
  test(`The first stop of the keyboard leads past the set-up onto the map on a ${name}`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await openApp(page, '#net=2-8-8-1');
    const skip = page.getByRole('button', { name: 'Skip to the map' });
    await expect(skip).toHaveCSS('opacity', '0');
    await page.keyboard.press('Tab');
    await expect(skip).toBeFocused();
    await expect(skip).toHaveCSS('opacity', '1');
    await expect(skip).toBeInViewport({ ratio: 1 });
    await page.keyboard.press('Enter');
    await expect(page.getByRole('application')).toBeFocused();
    await page.keyboard.press('ArrowRight');
    await expect(page.getByTestId('map').getByRole('status')).toContainText('Region of area');
    // The hash of the address is the state: no skipping may write a place into it.
    expect(page.url()).not.toContain('#map');
  });

for (const { name, width, height } of SIZES)
  test(`The way back to the whole view stands on the map of a ${name}, and can be used where there is one`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await openApp(page, '#net=2-16-16-1');
    const back = page.getByRole('button', { name: 'Whole view' });
    await expect(back).toHaveAttribute('aria-disabled', 'true');
    const map = page.getByRole('application');
    const box = await map.boundingBox();
    if (box === null) throw new Error('the map has no box');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.wheel(0, -800);
    await expect(back).not.toHaveAttribute('aria-disabled', 'true');
    await expect(back).toBeInViewport({ ratio: 1 });
    const button = await back.boundingBox();
    if (button === null) throw new Error('the button has no box');
    expect(button.x + button.width).toBeLessThanOrEqual(box.x + box.width);
    expect(button.y + button.height).toBeLessThan(box.y + box.height);
    await back.press('Enter');
    await expect(back).toHaveAttribute('aria-disabled', 'true');
    await expect.poll(() => page.url()).not.toContain('view=');
    // It has nothing more to do, and keeps the keyboard.
    await expect(back).toBeFocused();
  });

for (const [width, height] of [
  [1440, 900],
  [1280, 640],
  [900, 1100],
  [360, 740],
])
  test(`The legend stands on the map, not beside or below it, in a window of ${width} × ${height}`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await openApp(page, '#show=bound&method=ibp');
    await expect(page.getByTestId('legend')).toContainText('Interval propagation');
    const map = await page.getByTestId('map').boundingBox();
    const legend = await page.getByTestId('legend').boundingBox();
    if (map === null || legend === null) throw new Error('map or legend has no box');
    expect(legend.x).toBeGreaterThanOrEqual(map.x);
    expect(legend.x + legend.width).toBeLessThanOrEqual(map.x + map.width);
    expect(legend.y).toBeGreaterThanOrEqual(map.y);
    expect(legend.y + legend.height).toBeLessThanOrEqual(map.y + map.height);
  });

test('A circle under the legend can be taken hold of', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openApp(page, '#show=bound&method=crown&pick=0,-0.9,0.2');
  const legend = await page.getByTestId('legend').boundingBox();
  const disc = await page.locator('[data-part="disc"]').boundingBox();
  if (legend === null || disc === null) throw new Error('legend or circle has no box');
  const [x, y] = [disc.x + disc.width / 2, legend.y + 10];
  expect(disc.y + disc.height).toBeGreaterThan(y);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x, y - 100, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => page.url()).not.toContain('-0.9,');
});

test('Layers too wide for one line stand apart in the pattern of a region', async ({ page }) => {
  await openApp(page, '#net=2-256-256-1');
  const box = await page.getByTestId('map').boundingBox();
  if (box === null) throw new Error('the map has no box');
  await page.mouse.move(box.x + 0.6 * box.width, box.y + 0.4 * box.height);
  for (const card of ['section[aria-label="Region"]', '[data-testid="tooltip"]']) {
    const rows = page.locator(`${card} svg[aria-label^="Pattern"] g`);
    await expect(rows).toHaveCount(2);
    const blocks = await rows.evaluateAll((layers) =>
      layers.map((layer) => {
        const paths = [...layer.querySelectorAll('path')].map((e) => e.getBoundingClientRect());
        const label = layer.querySelector('text')?.getBoundingClientRect();
        return {
          top: Math.min(...paths.map((r) => r.top)),
          bottom: Math.max(...paths.map((r) => r.bottom)),
          label: label ? (label.top + label.bottom) / 2 : Number.NaN,
        };
      }),
    );
    expect(blocks[1].top - blocks[0].bottom).toBeGreaterThan(4);
    for (const { top, bottom, label } of blocks) {
      expect(label).toBeGreaterThan(top);
      expect(label).toBeLessThan(bottom);
    }
  }
});

test('The line under the map is not cut beside a dead network, at rest and while it trains', async ({
  page,
}) => {
  const counts = page.getByTestId('counts');
  const cut = () => counts.evaluate((line) => line.scrollWidth - line.clientWidth);
  for (const [width, height] of [
    [844, 390],
    [1280, 720],
  ]) {
    await page.setViewportSize({ width, height });
    await page.goto('about:blank');
    await openApp(page, '#data=spiral&lr=1&steps=300&pick=0,0,0.3');
    await expect(counts).toContainText('1 linear region in view');
    await expect(page.getByTestId('readout')).toContainText('dead');
    expect(await cut()).toBe(0);
  }
  await page.getByRole('button', { name: 'Play' }).click();
  await expect(counts).toContainText(/in view at step \d/);
  expect(await cut()).toBe(0);
});
