import type { Locator, Page } from '@playwright/test';
import { expect, openApp, test, unfold } from './support/app.ts';
import { axeFaults } from './support/axe.ts';

const card = (page: Page) => page.getByTestId('term-card');

/** The glossary as it is written: the build would put MathML in the place of its formulas. */
async function written(): Promise<Record<string, { term: string; says: string }>> {
  Object.assign(globalThis, { tex: String.raw });
  return (await import('../../app/explain/glossary/registry.ts')).glossary;
}

type Press = (word: Locator) => Promise<void>;

/** Opens and closes the card of a word, and says what was wrong with it. */
async function tryWord(page: Page, word: Locator, press: Press, says: string): Promise<string[]> {
  await press(word);
  const wrong = await card(page).evaluate((element, expected) => {
    const out = [];
    const id = (attribute: string) =>
      (element.getRootNode() as Document).getElementById(element.getAttribute(attribute) ?? '');
    const heading = id('aria-labelledby');
    const sentence = id('aria-describedby');
    if (sentence?.textContent !== expected) out.push(`says ${sentence?.textContent}`);
    for (const part of [heading, sentence]) {
      const box = part?.getBoundingClientRect();
      if (!part || !box || box.height === 0) out.push('is empty');
      else if (box.left < 0 || box.top < 0 || box.right > innerWidth || box.bottom > innerHeight)
        out.push('is not in view');
      else {
        const seen = document.elementFromPoint((box.left + box.right) / 2, box.top + 8);
        if (!element.contains(seen)) out.push('is covered');
      }
    }
    const formula = element.querySelector('math')?.parentElement;
    if (formula && formula.scrollWidth > formula.clientWidth) out.push('cuts its formula');
    if (!element.contains(document.activeElement)) out.push('has no focus');
    return out;
  }, says);
  await page.keyboard.press('Escape');
  await card(page).waitFor({ state: 'detached' });
  const back = await word.evaluate((element) => {
    element.setAttribute('data-tried', 'before');
    return element === document.activeElement;
  });
  return back ? wrong : [...wrong, 'keeps the focus'];
}

/** Marks the next word in view whose card has not been opened yet; its term, or null when there is none left. */
const nextWord = (page: Page): Promise<string | null> =>
  page.evaluate(() => {
    for (const word of document.querySelectorAll('[data-term]:not([data-tried])')) {
      if (!word.checkVisibility() || word.getBoundingClientRect().width === 0) continue;
      word.setAttribute('data-tried', 'now');
      return word.getAttribute('data-term');
    }
    return null;
  });

/** Opens the cards of all words in view that have not been opened yet, or of so many, and remembers their terms. */
async function tryWords(
  page: Page,
  place: string,
  press: Press,
  seen: Set<string>,
  most = Number.POSITIVE_INFINITY,
): Promise<void> {
  const glossary = await written();
  for (let tried = 0; tried < most; tried++) {
    const name = await nextWord(page);
    if (name === null) return;
    const word = page.locator('[data-tried="now"]');
    const wrong = await tryWord(
      page,
      word,
      press,
      glossary[name].says.replace(/2\^C|U_\w+/g, (letters) => letters.replace(/[\^_]/, '')),
    );
    expect(wrong, `${place}: the card of ${name}`).toEqual([]);
    seen.add(name);
  }
}

const click: Press = (word) => word.click();
const tap: Press = (word) => word.tap();
const key =
  (name: string): Press =>
  (word) =>
    word.press(name);

test('Every word with a card opens it from every place it stands in', async ({ page }) => {
  await unfold(page);
  await openApp(page, '#net=2-16-16-1&act=leaky&data=spiral&steps=60&pick=0.2,0.1,0.3');
  const seen = new Set<string>();
  const walk = (place: string) => tryWords(page, place, click, seen);
  await expect(page.getByTestId('bound-C')).toBeVisible();
  await walk('a circle, the rail open');
  await page.getByText('Tighter bounds').click();
  await expect(page.getByTestId('at-least')).toHaveAttribute('data-value', /\d/);
  await walk('tighter bounds');
  await page.getByText('A, U, P and S of every neuron').click();
  await walk('the numbers of the neurons');
  await page.getByText('Regions in view', { exact: true }).click();
  await expect(page.getByTestId('overview')).toBeVisible();
  await walk('the list of regions');
  for (const field of ['output', 'bound', 'distance']) {
    await page.getByRole('combobox', { name: 'Colour by' }).selectOption(field);
    await expect(page.getByTestId('legend')).toBeVisible();
    await walk(`the map coloured by ${field}`);
  }
  await page.getByRole('button', { name: 'Play' }).click();
  await page.getByRole('button', { name: 'Pause' }).click();
  await walk('training');
  expect(seen.size).toBeGreaterThan(40);
});

test('The keyboard opens a card, follows a further word, and is back at the first with Escape', async ({
  page,
}) => {
  await openApp(page, '#pick=0.2,0.1,0.25');
  await expect(page.getByTestId('bound-C')).toBeVisible();
  await tryWords(page, 'by Enter', key('Enter'), new Set(), 12);
  const word = page.locator('[data-term="insphere"]');
  await word.press(' ');
  await expect(card(page).getByRole('heading')).toHaveText('Insphere');
  await page.keyboard.press('Tab');
  await expect(card(page).getByRole('button', { name: 'Close' })).toBeFocused();
  const further = card(page).getByRole('button', { name: 'Crease', exact: true });
  await further.press('Enter');
  await expect(card(page).getByRole('heading')).toHaveText('Crease');
  await card(page).getByRole('button', { name: 'Back' }).press('Enter');
  await expect(card(page).getByRole('heading')).toHaveText('Insphere');
  await page.keyboard.press('Escape');
  await expect(card(page)).toHaveCount(0);
  await expect(word).toBeFocused();
});

test('On a phone a finger opens a card as a sheet at the lower edge', async ({ phone: page }) => {
  const viewport = { width: 390, height: 844 };
  await unfold(page);
  await openApp(page, '#pick=0.2,0.1,0.25');
  await expect(page.getByTestId('bound-C')).toBeVisible();
  const seen = new Set<string>();
  await tryWords(page, 'the inspector', tap, seen, 12);
  await page.getByRole('button', { name: 'Set-up' }).last().click();
  await tryWords(page, 'the set-up', tap, seen, 12);
  expect(seen.size).toBeGreaterThan(12);
  await page.locator('[data-term="noise"]').tap();
  const box = await card(page).boundingBox();
  expect(box?.width).toBe(viewport.width);
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeCloseTo(viewport.height, 0);
  await card(page).getByRole('button', { name: 'Close' }).tap();
  await expect(card(page)).toHaveCount(0);
});

test('A card says that it could not be loaded where the site cannot be reached', async ({
  browser,
}) => {
  const page = await browser.newPage();
  await page.route(/TermCard/, (route) => route.abort());
  await openApp(page, '#pick=0.2,0.1,0.25');
  await page.getByRole('button', { name: 'too high' }).first().click();
  const missing = page.getByText('When the site can be reached, reload.');
  await expect(missing).toBeVisible();
  // It is not glued to the word it stands behind.
  await expect(missing.locator('..')).toContainText(/too high The explanation/);
  await page.close();
});

test('In a shadow root a card opens in it, and gives the focus back in it', async ({ page }) => {
  await openApp(page, '#net=2-4-1&pick=0.2,0.1,0.25');
  await page.evaluate(() => {
    const host = document.createElement('div');
    const shadow = host.attachShadow({ mode: 'open' });
    shadow.append(
      document.querySelector('link[rel="stylesheet"]') as HTMLLinkElement,
      document.getElementById('root') as HTMLElement,
    );
    document.body.append(host);
  });
  const focused = () =>
    page.evaluate(() =>
      document.activeElement?.shadowRoot?.activeElement?.getAttribute('data-term'),
    );
  await page.locator('[data-term="looseness"]').first().click();
  await expect(card(page).getByRole('heading')).toHaveText('Looseness');
  await expect(card(page)).toBeInViewport({ ratio: 0.99 });
  expect(await card(page).evaluate((element) => element.getRootNode() instanceof ShadowRoot)).toBe(
    true,
  );
  await card(page).getByRole('button', { name: 'False alarm' }).click();
  await expect(card(page).getByRole('heading')).toHaveText('False alarm');
  await page.keyboard.press('Escape');
  await expect(card(page)).toHaveCount(0);
  expect(await focused()).toBe('looseness');
});

for (const { name, hash, forcedColors } of [
  { name: 'light', hash: '#theme=light', forcedColors: 'none' as const },
  { name: 'dark', hash: '#theme=dark', forcedColors: 'none' as const },
  { name: 'projector', hash: '#theme=projector', forcedColors: 'none' as const },
  { name: 'forced colours', hash: '#theme=auto', forcedColors: 'active' as const },
])
  test(`axe finds nothing in a card and in a step of the tour: ${name}`, async ({ page }) => {
    await page.emulateMedia({ forcedColors });
    await openApp(page, `${hash}&net=2-4-1&pick=0.2,0.1,0.25`);
    await page.locator('[data-term="looseness"]').first().click();
    await expect(card(page)).toBeVisible();
    expect(await axeFaults(page, '[data-testid="term-card"]')).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Tour', exact: true }).click();
    await expect(page.getByTestId('tour')).toBeFocused();
    expect(await axeFaults(page, '[data-testid="tour"]')).toEqual([]);
  });
