/** Colours and weights a canvas needs, read from the style sheet so that they stand in one place. */
export interface MapTheme {
  readonly dark: boolean;
  readonly paper: string;
  readonly ink: string;
  readonly crease: string;
  readonly accent: string;
  readonly classes: readonly [string, string];
  /** Multiplies line widths and markers. */
  readonly weight: number;
}

/**
 * The theme inside `element`. The value of a token is text, such as `light-dark(…)`: only as the colour of an element does
 * it become a colour. An element is asked that comes and goes before anything is painted.
 */
export function readTheme(element: Element): MapTheme {
  const probe = document.createElement('i');
  element.append(probe);
  const style = getComputedStyle(probe);
  const colour = (css: string) => {
    probe.style.color = css;
    return style.color;
  };
  const theme: MapTheme = {
    dark: colour('light-dark(white, black)') === colour('black'),
    paper: colour('var(--paper)'),
    ink: colour('var(--ink)'),
    crease: colour('var(--crease)'),
    accent: colour('var(--accent)'),
    classes: [colour('var(--class-0)'), colour('var(--class-1)')],
    weight: Number(style.getPropertyValue('--scale')) || 1,
  };
  probe.remove();
  return theme;
}
