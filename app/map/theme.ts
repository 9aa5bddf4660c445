import { rgb } from 'd3';

/** Colours and weights a canvas needs, read from the style sheet so that they stand in one place. */
export interface MapTheme {
  readonly dark: boolean;
  readonly paper: string;
  readonly ink: string;
  readonly crease: string;
  /** What is pointed at. */
  readonly lit: string;
  readonly classes: readonly [string, string];
  /** Multiplies line widths and markers. */
  readonly weight: number;
  /** The colours are those of the person's system: what is drawn over region colours needs a casing as well. */
  readonly forced: boolean;
}

const luminance = (css: string): number => {
  const { r, g, b } = rgb(css);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

/**
 * The theme inside `element`. The value of a token is text, such as `light-dark(…)`: only as the colour of an element does
 * it become a colour. An element is asked that comes and goes before anything is painted.
 */
export function readTheme(element: Element): MapTheme {
  const probe = document.createElement('i');
  // In forced colours every element has the same colour, whatever its style says.
  probe.style.setProperty('forced-color-adjust', 'none');
  element.append(probe);
  const style = getComputedStyle(probe);
  const colour = (css: string) => {
    probe.style.color = css;
    return style.color;
  };
  const [paper, ink] = [colour('var(--paper)'), colour('var(--ink)')];
  const theme: MapTheme = {
    dark: luminance(paper) < luminance(ink),
    paper,
    ink,
    crease: colour('var(--crease)'),
    lit: colour('var(--lit)'),
    classes: [colour('var(--class-0)'), colour('var(--class-1)')],
    weight: Number(style.getPropertyValue('--scale')) || 1,
    forced: window.matchMedia('(forced-colors: active)').matches,
  };
  probe.remove();
  return theme;
}
