import type { Page } from '@playwright/test';
import { projection } from '../../app/map/projection.ts';
import { locate } from '../../src/regions/query/locate.ts';
import { subdivide } from '../../src/regions/subdivide/subdivide.ts';
import { buildTrainer } from '../../src/settings/build.ts';
import { readLink } from '../../src/settings/link.ts';
import { expect, openApp, test } from './support/app.ts';

const LINK = 'net=2-6-6-1&seed=3';
const settings = (page: Page) => readLink(new URL(page.url()).hash).settings;
const map = (page: Page) => page.getByRole('application');
const radio = (page: Page, name: string) => page.getByRole('radio', { name });
/** The card of the region that is spoken of. */
const card = (page: Page) => page.getByRole('region', { name: 'Region', exact: true });

/** The pixel of the window where a place of the plane is. */
async function pixelAt(page: Page, x: number, y: number): Promise<[number, number]> {
  const box = await map(page).boundingBox();
  if (!box) throw new Error('the map has no box');
  const p = projection({ x: 0, y: 0, half: 1.2 }, box.width, box.height);
  return [box.x + p.px(x), box.y + p.py(y)];
}

/** Two places of the plane in different regions of the network of `LINK`. */
const [HERE, THERE] = [
  [0.7, 0.6],
  [-0.7, -0.6],
] as const;

test('Two places of these tests lie in different regions', () => {
  const net = buildTrainer(readLink(LINK).settings).network;
  const plane = subdivide(net, { xMin: -2, xMax: 2, yMin: -2, yMax: 2 });
  expect(locate(net, plane, ...HERE)).not.toBe(locate(net, plane, ...THERE));
});

test('A region is pinned by mouse without a circle, stays while others are pointed at, and is let go', async ({
  page,
}) => {
  await openApp(page, `#${LINK}`);
  const pinned = async () => (await card(page).textContent()) ?? '';
  await page.keyboard.down('Shift');
  await page.mouse.click(...(await pixelAt(page, ...HERE)));
  await page.keyboard.up('Shift');
  await expect(card(page)).toBeVisible();
  const first = await pinned();
  await page.mouse.move(...(await pixelAt(page, ...THERE)));
  await expect(page.getByTestId('tooltip')).toContainText('f =');
  expect(await pinned()).toBe(first);
  // With the tool for it no key is held.
  await radio(page, 'Inspect').check({ force: true });
  await page.mouse.click(...(await pixelAt(page, ...THERE)));
  await expect.poll(pinned).not.toBe(first);
  const second = await pinned();
  await page.mouse.move(...(await pixelAt(page, ...HERE)));
  expect(await pinned()).toBe(second);
  await page.keyboard.press('Escape');
  await expect.poll(pinned).toBe(first);
  expect(settings(page).pick).toEqual([]);
  // A circle again.
  await radio(page, 'Circle').check({ force: true });
  await page.mouse.click(...(await pixelAt(page, ...HERE)));
  await expect.poll(() => settings(page).pick.length).toBe(1);
});

test('A region is pinned by keyboard, and the whole view comes back by it', async ({ page }) => {
  await openApp(page, `#${LINK}`);
  await radio(page, 'Circle').focus();
  await page.keyboard.press('ArrowRight');
  await expect(radio(page, 'Inspect')).toBeChecked();
  await map(page).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByTestId('map').getByRole('status')).toContainText('Region of area');
  await page.keyboard.press('Enter');
  await page.mouse.move(...(await pixelAt(page, ...THERE)));
  await expect(page.getByTestId('tooltip')).toContainText('f =');
  const pinned = await card(page).textContent();
  await page.mouse.move(...(await pixelAt(page, ...HERE)));
  expect(await card(page).textContent()).toBe(pinned);
  expect(settings(page).pick).toEqual([]);

  await page.getByRole('button', { name: 'Zoom in' }).press('Enter');
  await expect.poll(() => settings(page).view.half).toBeCloseTo(0.8);
  await page.getByRole('button', { name: 'Zoom out' }).press('Enter');
  await page.getByRole('button', { name: 'Zoom out' }).press('Enter');
  await expect.poll(() => settings(page).view.half).toBeCloseTo(1.8);
  await page.getByRole('button', { name: 'Whole view' }).press('Enter');
  await expect.poll(() => settings(page).view.half).toBe(1.2);
});

test('By touch, tools and legend are large enough, a tap pins a region, and a second lets it go', async ({
  phone: page,
}) => {
  await openApp(page, `#${LINK}`);
  const targets = page.getByTestId('map-tools').locator('button, label');
  for (const target of await targets.all()) {
    const box = await target.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
  }
  // The legend is one button on a map as narrow as this.
  const legend = page.getByTestId('map-legend');
  await expect(legend.getByText('class 0')).toBeHidden();
  await legend.getByText('Legend', { exact: true }).tap();
  await expect(legend.getByText('class 0')).toBeVisible();
  await page.getByText('Inspect', { exact: true }).locator('..').tap();
  await page.touchscreen.tap(...(await pixelAt(page, -0.2, 0.4)));
  await expect(card(page)).toBeVisible();
  await page.touchscreen.tap(...(await pixelAt(page, -0.2, 0.4)));
  await expect(card(page)).toHaveCount(0);
  expect(settings(page).pick).toEqual([]);
});

test('The legend is remembered folded, lists what is shown, and explains the rest', async ({
  page,
}) => {
  await openApp(page, `#${LINK}&hide=test,boundary&pick=0,0,0.2`);
  const legend = page.getByTestId('map-legend');
  await expect(legend.getByText('class 1')).toBeVisible();
  await expect(legend.getByText('thinner = deeper')).toBeVisible();
  await expect(legend.getByText('test', { exact: true })).toHaveCount(0);
  await expect(legend.getByText('decision boundary')).toHaveCount(0);
  await legend.getByRole('button', { name: 'More' }).press('Enter');
  const more = page.getByRole('dialog', { name: 'How to read the map' });
  await expect(more).toContainText('have no value');
  await expect(more.getByText('of layer 2')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(more).toHaveCount(0);
  await expect(legend.getByRole('button', { name: 'More' })).toBeFocused();
  // Of a unit of the plane the bar is as long as it says.
  const box = await map(page).boundingBox();
  const bar = page.getByTestId('scale-bar');
  const length = Number(await bar.getAttribute('data-length'));
  const drawn = (await bar.locator('svg').boundingBox())?.width ?? 0;
  const side = Math.min(box?.width ?? 0, box?.height ?? 0);
  expect(Math.abs(drawn - 2 - (length / 2.4) * side)).toBeLessThan(1);

  await legend.getByText('Legend', { exact: true }).click();
  await expect(legend.getByText('class 1')).toBeHidden();
  await page.reload();
  await expect(legend.getByText('Legend', { exact: true })).toBeVisible();
  await expect(legend.getByText('class 1')).toBeHidden();
});

test('Every circle on the map carries its count, and its number in the list', async ({ page }) => {
  await openApp(page, `#${LINK}&pick=0,0,0.25;0.6,0.4,0.1`);
  for (const number of [1, 2]) {
    const circle = page.locator(`[data-circle="${number}"]`);
    await expect(circle.locator('[data-part="number"]')).toHaveText(String(number));
    const count = circle.locator('[data-part="count"]');
    await expect(count).toHaveText(/^\d+$/);
    const listed = page.getByRole('button', { name: new RegExp(`^Circle ${number}: radius`) });
    await expect(listed).toHaveAccessibleName(
      new RegExp(`, ${await count.textContent()} activation regions?$`),
    );
  }
});

/** Relative luminance (WCAG) of a square of pixels of the map's scene. */
const luminances = (page: Page, x: number, y: number) =>
  page.evaluate(
    ([px, py]) => {
      const canvas = document.querySelector('[data-testid="map"] canvas') as HTMLCanvasElement;
      const ctx = canvas.getContext('2d');
      const { left, top } = canvas.getBoundingClientRect();
      const size = 24;
      const { data } = ctx?.getImageData(px - left - size / 2, py - top - size / 2, size, size) ?? {
        data: [],
      };
      const linear = (v: number) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
      return Array.from(
        { length: data.length / 4 },
        (_, i) =>
          0.2126 * linear(data[4 * i] / 255) +
          0.7152 * linear(data[4 * i + 1] / 255) +
          0.0722 * linear(data[4 * i + 2] / 255),
      );
    },
    [x, y],
  );

for (const show of ['bound', 'distance'])
  test(`Creases stand out from the field ${show} in light, dark and forced colours`, async ({
    page,
  }) => {
    const link = 'net=2-16-1&seed=3';
    await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
    await openApp(page, `#${link}&show=${show}&hide=boundary,train,test`);
    await expect(page.getByTestId('legend')).toBeVisible();
    // Of all creases the one farthest out: few others are near, and the field is dark there.
    const { weights, biases } = buildTrainer(readLink(link).settings).network.layers[0];
    const feet = Array.from(biases, (bias, j) => {
      const [u, v] = [weights[2 * j], weights[2 * j + 1]];
      return [(-bias * u) / (u * u + v * v), (-bias * v) / (u * u + v * v)] as const;
    });
    const [farthest] = feet
      .filter(([u, v]) => Math.max(Math.abs(u), Math.abs(v)) < 1)
      .sort((a, b) => Math.hypot(...b) - Math.hypot(...a));
    const [x, y] = await pixelAt(page, ...farthest);
    for (const [colorScheme, forcedColors] of [
      ['light', 'none'],
      ['dark', 'none'],
      ['light', 'active'],
      ['dark', 'active'],
    ] as const) {
      await page.emulateMedia({ colorScheme, forcedColors });
      await expect
        .poll(
          async () => {
            const found = await luminances(page, x, y);
            return (Math.max(...found) + 0.05) / (Math.min(...found) + 0.05);
          },
          { message: `${colorScheme}, forced colours ${forcedColors}` },
        )
        .toBeGreaterThan(3);
    }
  });
