import type { Page } from '@playwright/test';
import { projection } from '../../app/map/projection.ts';
import { linearRegions } from '../../src/regions/linear/linearRegions.ts';
import { subdivide } from '../../src/regions/subdivide/subdivide.ts';
import { buildTrainer } from '../../src/settings/build.ts';
import { readLink } from '../../src/settings/link.ts';
import { expect, openApp, test } from './support/app.ts';

const SQUARE = { xMin: -1.2, xMax: 1.2, yMin: -1.2, yMax: 1.2 };
const numberOf = (text: string | undefined): number => Number((text ?? '').replace(/\D/g, ''));

/** Activation and linear regions by step, as the chart tells them where its slider points. */
async function regionsCharted(page: Page): Promise<Map<number, readonly [number, number]>> {
  const labels = await page.getByLabel('Read the charts at a step').evaluate(async (element) => {
    const slider = element as HTMLInputElement;
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
    const found: string[] = [];
    for (let i = 0; i <= Number(slider.max); i++) {
      set?.call(slider, String(i));
      slider.dispatchEvent(new Event('input', { bubbles: true }));
      await new Promise((done) => requestAnimationFrame(done));
      const chart = document.querySelector('svg[aria-label^="Regions in"]');
      found.push(chart?.getAttribute('aria-label') ?? '');
    }
    return found;
  });
  const charted = new Map<number, readonly [number, number]>();
  for (const label of labels) {
    const [, step, activation, linear] =
      label.match(/at step (\S+): activation (\S+), linear (\S+)/) ?? [];
    charted.set(numberOf(step), [numberOf(activation), numberOf(linear)]);
  }
  return charted;
}

test('The title of the chart about the square outlines it on the map, as its card does', async ({
  page,
}) => {
  await openApp(page, '#net=2-8-8-1&view=0,0,1.6');
  const title = page.getByRole('button', { name: 'Regions in [−1.2, 1.2]²' });
  const square = page.getByTestId('chart-square');
  await expect(title).toBeVisible();
  await expect(square).toHaveCount(0);
  await title.hover();
  const box = await page.getByRole('application').boundingBox();
  if (!box) throw new Error('the map has no box');
  const p = projection({ x: 0, y: 0, half: 1.6 }, box.width, box.height);
  expect(Number(await square.getAttribute('width'))).toBeCloseTo(p.px(1.2) - p.px(-1.2), 3);
  expect(Number(await square.getAttribute('x'))).toBeCloseTo(p.px(-1.2), 3);
  await page.mouse.move(1, 1);
  await expect(square).toHaveCount(0);
  await title.focus();
  await expect(square).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('term-card')).toContainText('fixed square');
  await expect(square).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(title).toBeFocused();
  await title.blur();
  await expect(square).toHaveCount(0);
  // And the count of the map says that it is about something else.
  await page.getByTestId('counts').getByRole('button', { name: 'in view' }).click();
  await expect(page.getByTestId('term-card')).toContainText('the chart counts in a fixed square');
});

test('Zooming in while a network trains takes no region off the chart', async ({ page }) => {
  const link = 'data=spiral&net=2-16-16-1&speed=1&seed=5';
  await openApp(page, `#${link}`);
  await page.getByRole('button', { name: 'Play' }).click();
  await expect.poll(() => page.getByTestId('readout').textContent()).toMatch(/Step [1-9]\d/);
  const box = await page.getByRole('application').boundingBox();
  if (!box) throw new Error('the map has no box');
  const p = projection({ x: 0, y: 0, half: 1.2 }, box.width, box.height);
  await page.mouse.move(box.x + p.px(0.3), box.y + p.py(0.2));
  for (let i = 0; i < 5; i++) await page.mouse.wheel(0, -600);
  const inView = page.getByTestId('counts');
  await expect
    .poll(() => inView.evaluate((e) => Number((e as HTMLElement).dataset.regions)))
    .toBeLessThan(40);
  await page.waitForTimeout(700);
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
  const readout = await page.getByTestId('readout').textContent();
  const last = numberOf(readout?.match(/Step (\S+?),/)?.[1]);
  const chart = page.locator('svg[aria-label^="Regions in [−1.2, 1.2]²"]');
  // The last step is counted as well, though the map shows a small part of the square.
  await expect
    .poll(async () => numberOf((await chart.getAttribute('aria-label'))?.match(/step (\S+):/)?.[1]))
    .toBe(last);
  const charted = await regionsCharted(page);
  expect(charted.size).toBeGreaterThan(10);
  expect(charted.has(last)).toBe(true);
  // The chart says what the network of that very step has in the square, which another program finds out.
  const trainer = buildTrainer(readLink(link).settings);
  const steps = [...charted.keys()].sort((a, b) => a - b);
  for (const step of steps) {
    while (trainer.stepsDone < step) trainer.step();
    const complex = subdivide(trainer.network, SQUARE);
    const expected = [complex.faceCount, linearRegions(trainer.network, complex).count];
    expect(charted.get(step), `step ${step}`).toEqual(expected);
  }
});

test('Loss and accuracy name their lines in words at 1024 and 1280 pixels', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await openApp(page, '#data=spiral&net=2-16-16-1&steps=60');
  for (const [width, height] of [
    [1024, 768],
    [1280, 720],
  ]) {
    await page.setViewportSize({ width, height });
    for (const title of ['Loss', 'Accuracy']) {
      const captions = page.getByRole('figure').filter({
        has: page.getByRole('button', { name: title, exact: true }),
      });
      const seen = await captions.evaluate((figure) => {
        const { right } = figure.getBoundingClientRect();
        return [...figure.querySelectorAll('figcaption small')].map((word) => {
          const box = word.getBoundingClientRect();
          const end = word.parentElement?.getBoundingClientRect().right ?? Number.NaN;
          return box.width > 15 && getComputedStyle(word).clipPath === 'none' && end <= right;
        });
      });
      expect(seen, `${title} at ${width}`).toEqual([true, true]);
    }
  }
});
