import type { Locator, Page } from '@playwright/test';
import { type Scene, type SceneView, scenes } from '../../app/scenes/registry.ts';
import { expect, openApp, test } from './support/app.ts';
import { axeFaults } from './support/axe.ts';

const grid = (page: Page) => page.getByTestId('scenes');
const picture = (page: Page, { title }: Scene) =>
  // On a phone the pictures are in a sheet of their own.
  grid(page).getByRole('button', { name: title, exact: true, includeHidden: true });
const caption = (page: Page) => page.getByTestId('caption');
const other = (page: Page, { label }: SceneView) =>
  caption(page).getByRole('button', { name: label ?? '', exact: true });
const hash = (page: Page) => new URL(page.url()).hash.slice(1);

/** The page shows what a view says: its line, its numbers, its place in the grid and its address. */
async function expectShown(page: Page, scene: Scene, view: SceneView): Promise<void> {
  const { facts, line } = view;
  await expect(caption(page)).toContainText(line);
  if (facts.regions !== undefined && facts.C !== undefined) {
    const [exact, C] = [page.getByTestId('exact-count'), page.getByTestId('bound-C')];
    await expect(exact).toHaveAttribute('data-value', String(facts.regions));
    await expect(C).toHaveAttribute('data-value', String(facts.C));
    const times = Math.round(2 ** facts.C / facts.regions);
    await expect
      .poll(async () => (await page.getByTestId('looseness').innerText()).replace(/\s/g, ''))
      .toContain(times === 1 ? 'boundistight' : `boundis${times}×toohigh`);
  }
  if (facts.linear !== undefined)
    await expect(page.getByText(`${facts.linear} linear region`).first()).toBeVisible();
  if (facts.inView !== undefined)
    await expect(page.getByTestId('counts')).toHaveAttribute('data-regions', String(facts.inView));
  if (facts.dead) await expect(page.getByTestId('readout')).toContainText('dead');
  if (scene.plays) {
    await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeVisible();
    await expect.poll(() => hash(page)).toContain(`${view.hash}&steps=`);
  } else await expect.poll(() => hash(page)).toBe(view.hash);
}

async function expectMarked(page: Page, scene: Scene): Promise<void> {
  await expect(grid(page).locator('[aria-current="true"]')).toHaveCount(1);
  await expect(picture(page, scene)).toHaveAttribute('aria-current', 'true');
}

/** Opens every view of every scene with `press`, and expects what it says. */
async function walk(page: Page, press: (button: Locator) => Promise<void>): Promise<void> {
  // The first one last: the page opens with it.
  for (const scene of [...scenes.slice(1), scenes[0]])
    for (const [i, view] of scene.views.entries()) {
      await press(i === 0 ? picture(page, scene) : other(page, view));
      await expectShown(page, scene, view);
      await expectMarked(page, scene);
    }
}

/** A page whose reader has closed the welcome before. */
const welcomed = (page: Page) =>
  page.addInitScript(() => localStorage.setItem('reluscope.welcomed', 'true'));

test('Every scene opens at a click and shows what its line says', async ({ page }) => {
  await welcomed(page);
  await openApp(page, '#steps=0');
  await expect(grid(page).getByRole('button')).toHaveCount(scenes.length);
  await expect(grid(page).locator('[aria-current]')).toHaveCount(0);
  await walk(page, (button) => button.click());
  for (const image of await grid(page).locator('img').all())
    expect(await image.evaluate((i) => (i as HTMLImageElement).naturalWidth)).toBeGreaterThan(0);
});

test('Every scene opens by keyboard, and the focus stays where it was', async ({ page }) => {
  await welcomed(page);
  await openApp(page, '#steps=0');
  await walk(page, async (button) => {
    await button.focus();
    await page.keyboard.press('Enter');
    await expect(button).toBeFocused();
  });
  await caption(page).getByRole('button', { name: 'Close' }).focus();
  await page.keyboard.press('Enter');
  await expect(caption(page)).toBeHidden();
  await expect(page.getByRole('application')).toBeFocused();
});

test.describe('by touch', () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 } });

  test('every scene opens at a tap, on a target of 44 pixels', async ({ page }) => {
    await welcomed(page);
    await openApp(page, '#steps=0');
    const sheet = (name: string) => page.getByRole('button', { name, exact: true });
    await walk(page, async (button) => {
      await sheet('Set-up').tap();
      const box = await button.boundingBox();
      expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
      await button.tap();
      await expect(grid(page).locator('[aria-current]')).toHaveCount(1);
      await sheet('Inspector').tap();
    });
  });
});

test('A scene stays the same when the page is loaded again, and its line goes with its numbers', async ({
  page,
}) => {
  const scene = scenes.find(({ key }) => key === 'bound')!;
  const loose = scene.views[1];
  await openApp(page, `#${loose.hash}`);
  await expectShown(page, scene, loose);
  await page.reload();
  await expectShown(page, scene, loose);
  await expectMarked(page, scene);

  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await expect(caption(page)).toBeHidden();
  await expectMarked(page, scene);
  await picture(page, scene).click();
  await expectShown(page, scene, scene.views[0]);
  await page.getByRole('button', { name: 'New weights' }).click();
  await expect(grid(page).locator('[aria-current]')).toHaveCount(0);
  await expect(caption(page)).toBeHidden();
});

test('A scene opened from the drawer is not behind it', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await openApp(page, '#steps=0');
  const toggle = page.getByRole('button', { name: 'Set-up', exact: true });
  await toggle.click();
  await picture(page, scenes[1]).click();
  await expect(grid(page)).toBeHidden();
  await expect(toggle).toBeFocused();
  await expectShown(page, scenes[1], scenes[1].views[0]);
});

test('The theme stays when a scene is opened, and the pictures have it', async ({ page }) => {
  await openApp(page, '?theme=dark#steps=0');
  await picture(page, scenes[1]).click();
  await expect.poll(() => hash(page)).toBe(`${scenes[1].views[0].hash}&theme=dark`);
  await expectMarked(page, scenes[1]);
  await expect(grid(page).locator('img:visible')).toHaveCount(scenes.length);
  for (const image of await grid(page).locator('img:visible').all())
    expect(await image.getAttribute('src')).toContain('-dark.webp');
});

for (const theme of ['light', 'dark'])
  test(`Who comes for the first time sees a circle, and is told what in forty words, in the ${theme} theme`, async ({
    page,
  }) => {
    await openApp(page, `?theme=${theme}`);
    const [{ facts, hash: first }] = scenes[0].views;
    await expect(page.getByTestId('exact-count')).toHaveAttribute(
      'data-value',
      String(facts.regions),
    );
    await expectMarked(page, scenes[0]);
    await expect.poll(() => hash(page)).toContain(first);
    const words = (await caption(page).locator('p').innerText()).split(/\s+/);
    expect(words.length).toBeGreaterThan(20);
    expect(words.length).toBeLessThan(40);
    await expect(caption(page)).toContainText('Each polygon is a region');
    expect(await axeFaults(page, '[data-testid="scenes"]', '[data-testid="caption"]')).toEqual([]);

    // Closed once, it does not come back by itself; the scene's own line comes when it is asked for.
    await caption(page).getByRole('button', { name: 'Close' }).click();
    await expect(caption(page)).toBeHidden();
    await page.goto('about:blank');
    await openApp(page, `?theme=${theme}`);
    await expectMarked(page, scenes[0]);
    await expect(caption(page)).toBeHidden();
    await picture(page, scenes[0]).click();
    await expect(caption(page)).toContainText(scenes[0].views[0].line);
  });

test('The defaults without a circle have an address of their own, and a reload does not open the first scene', async ({
  page,
}) => {
  await openApp(page, '');
  await expect.poll(() => hash(page)).toBe(scenes[0].views[0].hash);
  await page.locator('[data-circle]').focus();
  await page.keyboard.press('Delete');
  await page.getByRole('button', { name: 'Reset' }).click();
  await expect.poll(() => hash(page)).toBe('steps=0');
  const regions = await page.getByTestId('counts').getAttribute('data-regions');
  await page.reload();
  await expect(page.getByTestId('readout')).toContainText('Step 0');
  await expect(page.getByTestId('counts')).toHaveAttribute('data-regions', regions ?? '');
  await expect(page.locator('[data-circle]')).toHaveCount(0);
});

test('An embed without a hash shows the defaults, not a scene', async ({ page }) => {
  await openApp(page, '?embed=1');
  await expect(page.getByTestId('counted')).toBeVisible();
  await expect(page.locator('[data-circle]')).toHaveCount(0);
  await expect.poll(() => hash(page)).not.toContain('pick');
});
