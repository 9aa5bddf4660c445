import { readFileSync } from 'node:fs';
import { rgb } from 'd3';
import { rgbToOklab } from '../../app/colour.ts';

/** Red, green and blue, 0 … 255. */
export type Colour = readonly [number, number, number];

export const colourOf = (css: string): Colour => {
  const { r, g, b } = rgb(css);
  if (Number.isNaN(r)) throw new Error(`${css} is not a colour`);
  return [r, g, b];
};

/** What a canvas shows of `over` with an opacity on `ground`. */
export const mixed = (ground: Colour, over: Colour, opacity: number): Colour => {
  const part = (i: number) => ground[i] + (over[i] - ground[i]) * opacity;
  return [part(0), part(1), part(2)];
};

/** Relative luminance, WCAG 2.2. */
function luminance(colour: Colour): number {
  const [r, g, b] = colour.map((v) =>
    v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast ratio, WCAG 2.2: 1 … 21. */
export function contrast(a: Colour, b: Colour): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

/** Distance in OKLab. */
export function distance(a: string, b: string): number {
  const [p, q] = [rgbToOklab(a), rgbToOklab(b)];
  return Math.hypot(...p.map((v, i) => v - q[i]));
}

export const THEMES = ['light', 'dark', 'projector'] as const;
export type Theme = (typeof THEMES)[number];

/** The colours among the tokens of a theme, as the style sheet has them: name without `--` → CSS colour. */
export function tokensOf(theme: Theme): Readonly<Record<string, string>> {
  const css = readFileSync(new URL('../../app/styles/tokens.css', import.meta.url), 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g, '');
  const values = new Map<string, string>();
  for (const [, selector, body] of css.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
    const own = selector.match(/data-theme="(\w+)"/)?.[1];
    if (own !== undefined && own !== theme) continue;
    for (const [, name, value] of body.matchAll(/--([\w-]+):\s*([^;]+);/g))
      values.set(name, value.trim());
  }
  const tokens: Record<string, string> = {};
  const resolved = (value: string): string => {
    const [, other] = value.match(/^var\(--([\w-]+)\)$/) ?? [];
    if (other !== undefined) return resolved(values.get(other) ?? '');
    const [, light, dark] = value.match(/^light-dark\(([^,()]+), ([^,()]+)\)$/) ?? [];
    return light === undefined ? value : theme === 'dark' ? dark : light;
  };
  for (const [name, value] of values)
    if (/^#[\da-f]{6}$/i.test(resolved(value))) tokens[name] = resolved(value);
  return tokens;
}
