import type { Page } from '@playwright/test';
import type { Model } from '../../src/model/model.ts';
import { buildTrainer } from '../../src/settings/build.ts';
import { readLink } from '../../src/settings/link.ts';
import { type PlainNeuron, plainAlgorithmOne } from '../support/plainAlgorithmOne.ts';
import { expect, openApp, test } from './support/app.ts';
import { axeFaults } from './support/axe.ts';

/** The network that a link describes, trained as far as it says. */
function networkOf(link: string): Model {
  const { settings } = readLink(link);
  const trainer = buildTrainer(settings);
  for (let step = 0; step < settings.steps; step++) trainer.step();
  return trainer.network;
}

/** What the recursion says of the first circle of a link, worked out without the engine. */
function known(link: string): { net: Model; layers: readonly (readonly PlainNeuron[])[] } {
  const [[x, y, r]] = readLink(link).settings.pick;
  const net = networkOf(link);
  return { net, layers: plainAlgorithmOne(net, [x, y], r) };
}

const derivation = (page: Page) => page.getByRole('region', { name: 'How C came about' });
const layerOf = (page: Page) => derivation(page).getByLabel('Layer', { exact: true });
const neuronOf = (page: Page) => derivation(page).getByLabel('Neuron', { exact: true });

async function openHowC(page: Page, link: string): Promise<void> {
  await openApp(page, `#${link}`);
  await page.getByText('How C came about', { exact: true }).click();
  await expect(derivation(page)).toBeVisible();
}

const stands = (page: Page, layer: number, neuron: number) =>
  expect
    .poll(() =>
      derivation(page).evaluate(({ dataset }) => [Number(dataset.layer), Number(dataset.neuron)]),
    )
    .toEqual([layer, neuron]);

/** All numbers of the derivation: in full, and as they are written. */
const numbersOf = (page: Page) =>
  derivation(page).evaluate((root) => ({
    outputs: Object.fromEntries<{ value: string; text: string }>(
      [...root.querySelectorAll<HTMLElement>('output')].map((output) => [
        output.dataset.testid ?? '',
        { value: output.dataset.value ?? output.innerText, text: output.innerText },
      ]),
    ),
    /** The rows of the sums: what is multiplied, and the product. */
    rows: [...root.querySelectorAll<HTMLElement>('table')].map((table) => ({
      sum: table.dataset.testid?.replace('terms-', ''),
      rows: [...table.querySelectorAll<HTMLElement>('tbody tr')].map((row) => ({
        name: row.querySelector('th')?.innerText,
        text: row.querySelector('td')?.innerText.replaceAll('\n', ' ') ?? '',
        value: row.dataset.value ?? null,
      })),
    })),
    lines: [...root.querySelectorAll('li')].map((line) => line.innerText.replaceAll('\n', ' ')),
    /** What it says that it passes on: value, then U or L. */
    passed: Object.fromEntries<string>(
      ['value', 'U', 'L'].flatMap((what) => {
        const found = root.querySelector<HTMLElement>(`[data-testid="passed-${what}"]`);
        return found ? [[what, found.innerText]] : [];
      }),
    ),
  }));

type Numbers = Awaited<ReturnType<typeof numbersOf>>;

/** The numbers in a text of the page, as a reader takes them. */
const NUMBER = /[−-]?\d[\d\u202f]*(?:\.\d+)?(?: × 10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?/g;
function numbersIn(text: string): number[] {
  return [...text.matchAll(NUMBER)].map(([one]) => {
    const [mantissa, power = ''] = one.replaceAll('\u202f', '').replace('−', '-').split(' × 10');
    const exponent = [...power].map((c) => (c === '⁻' ? '-' : '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(c))).join('');
    return Number(`${mantissa}e${exponent === '' ? 0 : exponent}`);
  });
}

/** Whether `exact` is the number shown, in the digits that this has. */
function isShown(exact: number, text: string): void {
  const [given] = numbersIn(text);
  const [mantissa, exponent] = given.toExponential().split('e');
  const unit = 10 ** (Number(exponent) - (mantissa.split('.')[1]?.length ?? 0));
  expect(Math.abs(exact - given)).toBeLessThanOrEqual(0.51 * unit);
}

const near = (given: string, exact: number): void =>
  expect(Math.abs(Number(given) - exact)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(exact)));

/** Holds the numbers on the page against those of one neuron that were worked out here. */
function compare(page: Numbers, neuron: PlainNeuron, r: number): void {
  const { outputs, rows, lines } = page;
  const pairs: [string, number][] = [
    ['A', neuron.A],
    ['U_loc', neuron.local],
    ['norm', neuron.norm],
    ['reach', r * neuron.norm],
    ['U_raw', neuron.rawU],
    ['U', neuron.U],
  ];
  for (const [name, exact] of pairs) {
    near(outputs[name].value, exact);
    isShown(exact, outputs[name].text);
  }
  outputs.L.value.split(',').forEach((one, t) => {
    near(one, neuron.L[t]);
  });
  neuron.L.forEach((exact, t) => {
    isShown(exact, outputs.L.text.split(',')[t]);
  });
  expect([Number(outputs.P.text), Number(outputs.S.text)]).toEqual([neuron.P, neuron.S]);
  // The products follow from their factors, and the total from the products, all as written.
  for (const { sum, rows: terms } of rows) {
    const products = terms.slice(0, -1).map(({ text }) => {
      const numbers = numbersIn(text);
      const d = sum === 'L' ? 2 : 1;
      const product = numbers.slice(-d);
      if (numbers.length > d)
        product.forEach((_, t) => {
          isShown(numbers[0] * numbers[1 + t], String(text.split('=')[1]).split(',')[t]);
        });
      return product;
    });
    const total = terms[terms.length - 1].text.split(',');
    total.forEach((text, t) => {
      const found = products.reduce((all, product) => all + product[t], 0);
      isShown(Number(found.toPrecision(12)), text);
    });
  }
  const line = lines[4].split('=');
  const [reach, local] = numbersIn(line[2]);
  isShown(Number((reach + local).toPrecision(12)), line[3]);
}

/** The input of every row as it stands there is what the layer before passes on, digit for digit. */
function compareInputs({ rows }: Numbers, before: readonly Numbers['passed'][]): void {
  const passes: Readonly<Record<string, string>> = { A: 'value', L: 'L', U_loc: 'U' };
  for (const { sum = '', rows: terms } of rows)
    for (const { name, text } of terms) {
      const [, input] = text.match(/ × (.*) = /) ?? [];
      if (input !== undefined) expect(input).toBe(before[Number(name) - 1][passes[sum]]);
    }
}

const LINKS = [
  'net=2-4-4-1&seed=3&pick=0.2,0.1,0.4',
  'net=2-5-4-3-1&act=leaky&slope=0.1&seed=5&pick=-0.3,0.25,0.2',
  'net=2-12-6-1&seed=7&steps=40&pick=0.1,-0.05,0.15',
];

for (const link of LINKS)
  test(`How C came about shows every neuron of ${link} as worked out here`, async ({ page }) => {
    const { net, layers } = known(link);
    const [[, , r]] = readLink(link).settings.pick;
    await openHowC(page, link);
    let counted = 0;
    let before: Numbers['passed'][] = [];
    for (const [layer, width] of net.widths.entries()) {
      const passed: Numbers['passed'][] = [];
      await layerOf(page).selectOption({ value: String(layer) });
      for (let neuron = 0; neuron < width; neuron++) {
        await neuronOf(page).selectOption({ value: String(neuron) });
        await stands(page, layer, neuron);
        const all = derivation(page).getByRole('button', { name: /^Show all/ });
        // Every second neuron with all of its terms.
        if (neuron % 2 === 1) while ((await all.count()) > 0) await all.first().click();
        const numbers = await numbersOf(page);
        compare(numbers, layers[layer][neuron], r);
        if (layer > 0) compareInputs(numbers, before);
        passed.push(numbers.passed);
        counted += layers[layer][neuron].S;
      }
      before = passed;
    }
    const C = layers.map((one) => one.reduce((sum, { S }) => sum + S, 0));
    expect(await derivation(page).getByTestId('C-sum').innerText()).toBe(
      `C = ${C.join(' + ')} = ${counted}`,
    );
    await expect(page.getByTestId('bound-C')).toHaveAttribute('data-value', String(counted));
  });

const LINK = LINKS[2];

/** The first neuron that C counts. */
function firstUndecided(link: string): [number, number] {
  const { layers } = known(link);
  const layer = layers.findIndex((neurons) => neurons.some(({ S }) => S === 1));
  return [layer, layers[layer].findIndex(({ S }) => S === 1)];
}

test('How C came about, by mouse: a row of the strip, a neuron of the layer before, a moved circle', async ({
  page,
}) => {
  await openHowC(page, LINK);
  await stands(page, ...firstUndecided(LINK));
  const strip = page.getByRole('slider', { name: 'Neuron' });
  const rows = strip.locator('svg').nth(1);
  await rows.scrollIntoViewIfNeeded();
  const box = await rows.boundingBox();
  if (!box) throw new Error('the strip has no rows');
  // The third of six rows.
  await page.mouse.click(box.x + box.width / 2, box.y + (box.height * 2.5) / 6);
  await stands(page, 1, 2);
  await derivation(page).getByRole('button', { name: 'neuron 5', exact: true }).first().click();
  await stands(page, 0, 4);
  // Its creases are lit as long as nothing else is pointed at.
  await expect(strip).toHaveAttribute('aria-valuenow', '5');
  const before = await numbersOf(page);
  await page.getByText(/^Circle 1 · centre/).click();
  await page.getByRole('textbox', { name: 'y', exact: true }).fill('0.2');
  await page.keyboard.press('Enter');
  await expect
    .poll(async () => (await numbersOf(page)).outputs.A.value)
    .not.toBe(before.outputs.A.value);
  const { layers } = known(LINK.replace('0.1,-0.05', '0.1,0.2'));
  compare(await numbersOf(page), layers[0][4], 0.15);
  expect(await axeFaults(page, 'aside')).toEqual([]);
});

test('How C came about, by keyboard: opened, another neuron, a row of the strip, closed', async ({
  page,
}) => {
  await openApp(page, `#${LINK}`);
  const summary = page.locator('summary', { hasText: 'How C came about' });
  await summary.focus();
  await page.keyboard.press('Enter');
  const [layer, neuron] = firstUndecided(LINK);
  await stands(page, layer, neuron);
  await page.keyboard.press('Tab');
  await expect(layerOf(page)).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(neuronOf(page)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await stands(page, layer, neuron + 1);
  await page.getByRole('slider', { name: 'Neuron' }).focus();
  await page.keyboard.press('End');
  await stands(page, 1, 5);
  const neuron7 = derivation(page).getByRole('button', { name: 'neuron 7', exact: true }).first();
  await neuron7.focus();
  await page.keyboard.press('Enter');
  await stands(page, 0, 6);
  await summary.focus();
  await page.keyboard.press('Space');
  await expect(derivation(page)).toHaveCount(0);
});

test('How C came about, by touch, with targets of 44 pixels', async ({ phone: page }) => {
  await openApp(page, `#${LINK}`);
  await page.getByText('How C came about', { exact: true }).tap();
  await stands(page, ...firstUndecided(LINK));
  const rows = page.getByRole('slider', { name: 'Neuron' }).locator('svg').nth(1);
  await rows.scrollIntoViewIfNeeded();
  await rows.tap({ position: { x: 100, y: 3 } });
  await stands(page, 1, 0);
  const link = derivation(page).getByRole('button', { name: 'neuron 3', exact: true }).first();
  const box = await link.boundingBox();
  expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
  await link.tap();
  await stands(page, 0, 2);
  // Nothing of it is wider than the phone.
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await page.context().close();
});
