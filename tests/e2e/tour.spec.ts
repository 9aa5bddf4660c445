import type { Locator, Page } from '@playwright/test';
import { TOUR } from '../../app/explain/tourSteps.ts';
import { expect, openApp, test } from './support/app.ts';

const tour = (page: Page) => page.getByTestId('tour');
const start = (page: Page) => page.getByRole('button', { name: 'Tour', exact: true });
const PICK = '#net=2-4-1&pick=0.2,0.1,0.25';

/** Of what is drawn in SVG too, as the page itself measures it. */
const placeOf = (part: Locator) =>
  part.evaluate((element) => element.getBoundingClientRect().toJSON() as { x: number; y: number });

/** Waits for a step, and for its part: both in view, and the part outlined. */
async function expectStep(page: Page, at: number): Promise<void> {
  await expect(tour(page).getByRole('heading')).toHaveText(TOUR[at].title);
  await expect(tour(page)).toContainText(`${at + 1} of ${TOUR.length}`);
  await expect(tour(page)).toBeFocused();
  await expect(tour(page)).toBeInViewport({ ratio: 0.99 });
  const [best, other = best] = TOUR[at].target;
  const part = page.locator((await page.locator(best).count()) > 0 ? best : other).first();
  await expect(part).toBeInViewport({ ratio: 0.1 });
  const ring = page.locator('[popover="manual"][aria-hidden="true"]');
  await expect
    .poll(async () => {
      const [outline, box] = [await placeOf(ring), await placeOf(part)];
      return Math.hypot(outline.x - box.x, outline.y - box.y) < 3;
    })
    .toBe(true);
}

test('The tour is walked with a mouse, there and back, and does not come again by itself', async ({
  page,
}) => {
  await openApp(page, PICK);
  await expect(page.getByTestId('headline')).toBeVisible();
  await start(page).click();
  for (let at = 0; at < TOUR.length; at++) {
    await expectStep(page, at);
    await tour(page)
      .getByRole('button', { name: at + 1 < TOUR.length ? 'Next' : 'Finish' })
      .click();
  }
  await expect(tour(page)).toHaveCount(0);
  await expect(start(page)).toBeFocused();
  await start(page).click();
  await tour(page).getByRole('button', { name: 'Next' }).click();
  await expectStep(page, 1);
  await tour(page).getByRole('button', { name: 'Back' }).click();
  await expectStep(page, 0);
  await page.reload();
  await page.locator('[data-ready="true"]').waitFor({ state: 'attached' });
  await expect(page.getByTestId('headline')).toBeVisible();
  await expect(tour(page)).toHaveCount(0);
});

test('The tour from the words on the map has every step, and its words give way to it', async ({
  page,
}) => {
  // An address that asks for nothing.
  await openApp(page, '');
  await expect(page.getByTestId('headline')).toBeVisible();
  const words = page.getByTestId('caption');
  const button = words.getByRole('button', { name: 'Take the tour' });
  await button.click();
  for (let at = 0; at < TOUR.length; at++) {
    await expectStep(page, at);
    await expect(words).toBeHidden();
    await tour(page).press('ArrowRight');
  }
  await expect(tour(page)).toHaveCount(0);
  await expect(words).toBeVisible();
  await expect(button).toBeFocused();
  // What started it goes away with the scene: the map has the keyboard then.
  await button.click();
  await expectStep(page, 0);
  await page.getByRole('button', { name: 'New weights' }).click();
  await expect(words).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(tour(page)).toHaveCount(0);
  await expect(page.getByRole('application')).toBeFocused();
});

test('The tour is walked with the arrow keys, and left at every step with Escape', async ({
  page,
}) => {
  await openApp(page, PICK);
  await expect(page.getByTestId('headline')).toBeVisible();
  for (let leaveAt = 0; leaveAt < TOUR.length; leaveAt++) {
    await start(page).press('Enter');
    for (let at = 0; at < leaveAt; at++) {
      await expect(tour(page).getByRole('heading')).toHaveText(TOUR[at].title);
      await page.keyboard.press('ArrowRight');
    }
    await expectStep(page, leaveAt);
    await page.keyboard.press('Escape');
    await expect(tour(page)).toHaveCount(0);
    await expect(start(page)).toBeFocused();
  }
});

test('The page can be used during the tour, and a part that goes away is left out', async ({
  page,
}) => {
  await openApp(page, PICK);
  await expect(page.getByTestId('headline')).toBeVisible();
  await start(page).click();
  await expectStep(page, 0);
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await expect(page.getByTestId('readout')).toContainText('Step 1,');
  await page.locator('[data-circle]').first().focus();
  await page.keyboard.press('Delete');
  await expect(page.locator('[data-circle]')).toHaveCount(0);
  // With the circle everything that is said of it has gone.
  await tour(page).getByRole('button', { name: 'Next' }).click();
  await expect(tour(page).getByRole('heading')).toHaveText('Training');
  await tour(page).getByRole('button', { name: 'Leave the tour' }).click();
  await expect(tour(page)).toHaveCount(0);
});

test('On a phone the tour is walked with a finger and opens the sheets with its parts', async ({
  phone: page,
}) => {
  await openApp(page, PICK);
  await page.getByRole('button', { name: 'Charts' }).tap();
  await start(page).tap();
  const sheets = page.getByRole('navigation', { name: 'Panels' });
  for (let at = 0; at < TOUR.length; at++) {
    await expectStep(page, at);
    // What belongs to a sheet is below the row of sheets, which stays in view.
    const part = page.locator(TOUR[at].target[0]).first();
    if (await part.evaluate((element) => element.closest('main') === null)) {
      const row = await sheets.boundingBox();
      expect((await placeOf(part)).y).toBeGreaterThanOrEqual((row?.y ?? 0) + (row?.height ?? 0));
    }
    await tour(page)
      .getByRole('button', { name: at + 1 < TOUR.length ? 'Next' : 'Finish' })
      .tap();
  }
  await expect(tour(page)).toHaveCount(0);
});
