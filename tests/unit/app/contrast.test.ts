import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hcl } from 'd3';
import { describe, expect, it } from 'vitest';
import { countTable, outputTable } from '../../../app/colour.ts';
import { CASING, CREASE_CASING, coverage, creaseLook, markWeight } from '../../../app/map/looks.ts';
import { regionPalette } from '../../../src/export/regionColours.ts';
import {
  type Colour,
  colourOf,
  contrast,
  distance,
  mixed,
  THEMES,
  tokensOf,
} from '../../support/contrast.ts';

const app = fileURLToPath(new URL('../../../app', import.meta.url));

const entries = (table: Uint8ClampedArray): Colour[] =>
  Array.from({ length: table.length / 4 }, (_, i) => [
    table[4 * i],
    table[4 * i + 1],
    table[4 * i + 2],
  ]);

/** Every colour that a field may have under a crease or a mark. */
const fieldsOf = (dark: boolean): Colour[] => [
  ...entries(countTable()),
  ...entries(outputTable(dark)),
];

/** Hidden layers of the deepest network of the page, on a screen with one pixel to a CSS pixel. */
const LAYERS = [0, 1, 2, 3, 4, 5, 6, 7];

describe.each(THEMES)('in the %s theme', (theme) => {
  const dark = theme === 'dark';
  const tokens = tokensOf(theme);
  const token = (name: string): Colour => colourOf(tokens[name] ?? name);
  const paper = token('paper');
  const crease = token('crease');
  const opacityOf = (layer: number) => {
    const { width, opacity } = creaseLook(layer, true);
    return opacity * coverage(width);
  };

  it('every crease has 3:1 against every region colour, and deeper ones less than higher ones', () => {
    const least = LAYERS.map((layer) =>
      Math.min(
        ...regionPalette(dark).map((css) => {
          const ground = colourOf(css);
          return contrast(ground, mixed(ground, crease, opacityOf(layer)));
        }),
      ),
    );
    expect(Math.min(...least)).toBeGreaterThanOrEqual(3);
    expect([...least].sort((a, b) => b - a)).toEqual(least);
    for (const layer of LAYERS.slice(1))
      expect(creaseLook(layer, true).width).toBeLessThanOrEqual(creaseLook(layer - 1, true).width);
  });

  it('every crease has 3:1 against its casing over every colour of every field', () => {
    for (const ground of fieldsOf(dark)) {
      const casing = mixed(ground, paper, CREASE_CASING.opacity);
      for (const layer of LAYERS) {
        const line = mixed(casing, crease, opacityOf(layer));
        expect(contrast(casing, line), `${ground}, layer ${layer + 1}`).toBeGreaterThanOrEqual(3);
      }
    }
  });

  it.each(['class-0', 'class-1', 'circle', 'lit', 'ink'])(
    'marks in %s have 3:1 against their casing, whatever lies under it',
    (name) => {
      expect(CASING.opacity).toBe(1);
      expect(contrast(token(name), paper)).toBeGreaterThanOrEqual(3);
    },
  );

  it.each([
    ['ink', 'paper raised sunken accent-soft'],
    ['muted', 'paper raised sunken'],
    ['bound', 'paper raised sunken'],
    ['lit', 'paper raised sunken'],
    ['danger', 'paper raised sunken'],
    ['on-accent', 'accent'],
  ])('text in %s has 4.5:1 on %s', (name, grounds) => {
    for (const ground of grounds.split(' '))
      expect(contrast(token(name), token(ground)), ground).toBeGreaterThanOrEqual(4.5);
  });

  it('no colour means two things', () => {
    const meanings = [['ink', 'crease', 'accent'], ['muted'], ['lit'], ['circle', 'bound']].concat([
      ['class-0'],
      ['class-1'],
      ['danger'],
    ]);
    for (const [i, some] of meanings.entries())
      for (const others of meanings.slice(i + 1))
        for (const a of some)
          for (const b of others)
            expect(distance(tokens[a], tokens[b]), `${a} and ${b}`).toBeGreaterThan(0.08);
  });

  it('only class 0 is blue', () => {
    const blue = hcl(tokens['class-0']);
    for (const [name, css] of Object.entries(tokens)) {
      const { h, c } = hcl(css);
      const apart = Math.abs(((h - blue.h + 540) % 360) - 180);
      if (name !== 'class-0' && c > 12) expect(apart, `${name} ${css}`).toBeGreaterThan(45);
    }
  });
});

it('marks grow less than lines where all is larger, so that regions among them stay visible', () => {
  expect(markWeight(1)).toBe(1);
  for (const scale of [1.25, 1.35, 1.6, 2]) {
    expect(markWeight(scale)).toBeLessThan(1 + (scale - 1) / 2);
    // Their casing is never thinner than in the normal page.
    expect(markWeight(scale)).toBeGreaterThan(1);
  }
});

describe('the style sheets', () => {
  const files = readdirSync(app, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(css|tsx?)$/.test(path))
    .map((path) => ({ path, text: readFileSync(join(app, path), 'utf8') }));

  it('use the colours of the classes for classes alone', () => {
    const users = files.filter(({ text }) => /var\(--class-[01]\)/.test(text));
    expect(users.map(({ path }) => path).sort()).toEqual([
      'map/Legend.module.css',
      'map/theme.ts',
      'panels/rail/rail.module.css',
    ]);
  });

  it('draw the casing of a circle opaque, in paper', () => {
    const css = files.find(({ path }) => path.endsWith('Circles.module.css'))?.text ?? '';
    const [, body] = css.match(/\.circle \[data-part="casing"\] \{([^}]*)\}/) ?? [];
    expect(body).toContain('stroke: var(--paper)');
    expect(body).not.toContain('opacity');
  });
});
