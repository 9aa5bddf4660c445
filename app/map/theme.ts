/** Colours and weights a canvas needs, read from the style sheet so that they stand in one place. */
export interface MapTheme {
  readonly dark: boolean;
  readonly paper: string;
  readonly ink: string;
  readonly accent: string;
  readonly classes: readonly [string, string];
  /** Multiplies line widths and markers. */
  readonly weight: number;
}

export function readTheme(element: Element): MapTheme {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  return {
    dark: style.colorScheme.includes('dark'),
    paper: colour('--paper'),
    ink: colour('--ink'),
    accent: colour('--accent'),
    classes: [colour('--class-0'), colour('--class-1')],
    weight: Number(colour('--scale')) || 1,
  };
}
