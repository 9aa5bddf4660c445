import type { Page } from '@playwright/test';
import { expect, openApp, test, unfold } from './support/app.ts';

// The controls are set here as by a reader who has them open.
test.beforeEach(({ page }) => unfold(page));

/** What is compared: colours, fonts, sizes and places. */
const PROPERTIES = [
  'color',
  'background-color',
  'border-top-color',
  'border-top-width',
  'border-top-left-radius',
  'box-shadow',
  'fill',
  'stroke',
  'stroke-width',
  'font-family',
  'font-size',
  'font-weight',
  'line-height',
  'font-variant-numeric',
  'display',
  'position',
  'padding-left',
  'margin-top',
  'cursor',
] as const;

/** The look of every element under #root, wherever that is: its name, its box and the properties above. */
const look = (page: Page): Promise<string[]> =>
  page.locator('#root').evaluate((root, names) => {
    const elements = [...root.querySelectorAll('*')];
    // What is moved to another place of the page begins at its top again.
    for (const element of elements) element.scrollTop = 0;
    return elements.map((element) => {
      const style = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      return [
        `${element.tagName} ${element.getAttribute('aria-label') ?? element.getAttribute('class')}`,
        `box ${[box.x, box.y, box.width, box.height].map((v) => v.toFixed(1)).join(' ')}`,
        ...names.map((name) => `${name} ${style.getPropertyValue(name)}`),
      ].join('; ');
    });
  }, PROPERTIES);

/** What looks different from the expected, element by element. */
async function changed(page: Page, expected: readonly string[]): Promise<readonly string[]> {
  const now = await look(page);
  if (now.length !== expected.length) return [`${now.length} elements, not ${expected.length}`];
  return now.flatMap((one, i) => {
    const [own, wanted] = [one.split('; '), expected[i].split('; ')];
    const differing = own.flatMap((part, k) =>
      part === wanted[k] ? [] : [`${part}, not ${wanted[k]}`],
    );
    return differing.length === 0 ? [] : [[own[0], ...differing].join('; ')];
  });
}

/** The mean colour of what is painted on the map, rounded. */
const painted = (page: Page): Promise<number[]> =>
  page
    .getByTestId('map')
    .locator('canvas')
    .first()
    .evaluate((element) => {
      const canvas = element as HTMLCanvasElement;
      const { data } = (canvas.getContext('2d') as CanvasRenderingContext2D).getImageData(
        0,
        0,
        canvas.width,
        canvas.height,
      );
      const sums = [0, 0, 0];
      data.forEach((value, i) => {
        if (i % 4 < 3) sums[i % 4] += value;
      });
      return sums.map((sum) => Math.round((4 * sum) / data.length));
    });

async function choose(page: Page, theme: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Theme' }).selectOption(theme);
  await page.evaluate(() => {
    const { activeElement } = document;
    const inner = activeElement?.shadowRoot?.activeElement ?? activeElement;
    if (inner instanceof HTMLElement) inner.blur();
  });
}

test('Inside a shadow root, with its own style sheet alone, the page looks as it does outside', async ({
  page,
}) => {
  // Wide enough for the rail in every theme.
  await page.setViewportSize({ width: 1700, height: 900 });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openApp(page, '?theme=light#show=output&net=2-8-8-1&pick=0.2,0.1,0.25&lr=fast');
  await page.getByText('A, U, P and S of every neuron').click();
  await expect(page.getByTestId('notice')).toHaveCount(1);
  await expect(page.getByTestId('legend')).toBeVisible();
  // Where it points at nothing that answers.
  await page.mouse.move(1, 1);
  const themes = ['light', 'dark', 'projector'];
  const outside: Record<string, { look: string[]; painted: number[] }> = {};
  for (const theme of themes) {
    await choose(page, theme);
    await expect(page.getByTestId('map')).toHaveAttribute('data-theme', theme);
    await expect(page.getByTestId('rate')).toBeVisible();
    await page.waitForFunction(() => document.getAnimations().length === 0);
    outside[theme] = { look: await look(page), painted: await painted(page) };
  }
  expect(outside.light.look.length).toBeGreaterThan(300);
  expect(outside.dark.painted[0]).toBeLessThan(outside.light.painted[0] - 80);

  // A page that has no style sheet, and a host that knows no more than its place.
  await page.evaluate(() => {
    const sheet = document.querySelector('link[rel="stylesheet"]') as HTMLLinkElement;
    const host = document.createElement('div');
    Object.assign(host.style, { position: 'fixed', inset: '0' });
    const shadow = host.attachShadow({ mode: 'open' });
    shadow.append(document.getElementById('root') as HTMLElement);
    document.body.append(host);
    sheet.remove();
    Object.assign(window, { sheet, shadow });
  });
  const bare = await look(page);
  expect(bare.filter((one, i) => one !== outside.projector.look[i]).length).toBeGreaterThan(300);
  await page.evaluate(async () => {
    const { sheet, shadow } = window as unknown as { sheet: HTMLLinkElement; shadow: ShadowRoot };
    await new Promise((resolve) => {
      sheet.addEventListener('load', resolve);
      shadow.prepend(sheet);
    });
  });
  for (const theme of themes) {
    await choose(page, theme);
    await expect(page.getByTestId('map')).toHaveAttribute('data-theme', theme);
    await expect.poll(() => changed(page, outside[theme].look)).toEqual([]);
    await expect.poll(() => painted(page)).toEqual(outside[theme].painted);
  }
});
