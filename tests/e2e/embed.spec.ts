import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, openApp, test } from './support/app.ts';

test.use({ viewport: { width: 480, height: 270 } });

const notice = (page: Page) => page.locator('.embed-notice');
const close = (page: Page) => page.getByRole('button', { name: 'Close' });

/** Whether an element keeps to the outer third of the frame: the middle belongs to the map. */
async function leavesTheMiddle(page: Page, selector: string): Promise<boolean> {
  const box = await page.locator(selector).boundingBox();
  return box !== null && box.x >= 0 && box.x + box.width <= 480 && box.y + box.height <= 90;
}

test('An embed says in one line what is wrong with its link, and the line can be closed', async ({
  page,
}) => {
  await openApp(page, '?embed=1#net=2-4-1&lr=fast&n=99999&nosuch=1');
  await expect(notice(page)).toContainText('Learning rate');
  expect(await leavesTheMiddle(page, '.embed-notice')).toBe(true);
  const line = page.locator('.embed-notice-text');
  const height = async () => (await line.boundingBox())?.height ?? 0;
  const folded = await height();
  await line.click();
  // Three problems do not fit into a line; unfolded all of them can be read.
  await expect.poll(height).toBeGreaterThan(folded * 1.3);
  await expect(line).toContainText('nosuch');
  await close(page).click();
  await expect(notice(page)).toBeEmpty();
  await expect(page.getByRole('button')).toHaveCount(1);
});

test('An embed says that training diverged', async ({ page }) => {
  await openApp(page, '?embed=1#opt=sgd&lr=10&net=2-64-64-64-1&speed=max');
  await page.getByRole('button', { name: 'Play' }).click();
  await expect(notice(page)).toContainText('Training diverged', { timeout: 60_000 });
  await close(page).click();
  await expect(page.locator('.embed-bar')).toContainText('the button resets it');
});

test('A notice in an embed, open or not, has nothing serious for axe', async ({ page }) => {
  await openApp(page, '?embed=1#net=2-4-1&lr=fast&n=99999&nosuch=1&view=0.1,0,0.5');
  for (const press of [false, true]) {
    if (press) await page.locator('.embed-notice-text').click();
    const { violations } = await new AxeBuilder({ page }).analyze();
    const serious = violations.filter((v) => v.impact === 'serious' || v.impact === 'critical');
    expect(serious.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(' ')}`)).toEqual([]);
  }
});

test('An embed leads back to the view of its link, not to another', async ({ page }) => {
  await openApp(page, '?embed=1#net=2-16-16-1&view=0.2,0.1,0.6');
  const reset = page.getByRole('button', { name: 'Reset view' });
  await expect(reset).toBeHidden();
  const text = page.locator('.embed-bar p');
  const before = await text.textContent();
  await page.mouse.move(240, 100);
  await page.mouse.down();
  await page.mouse.move(330, 130, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => text.textContent()).not.toBe(before);
  await reset.click();
  await expect.poll(() => text.textContent()).toBe(before);
  await expect(reset).toBeHidden();
  await expect.poll(() => page.url()).toContain('view=0.2,0.1,0.6');
});
