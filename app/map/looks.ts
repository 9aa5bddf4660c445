/** A line as it is drawn: width in CSS pixels before the weight of the theme, and opacity. */
export interface Look {
  readonly width: number;
  readonly opacity: number;
}

/** By hidden layer: deeper is thinner and lighter, and the deepest still has 3:1 against every region colour. */
const CREASES: readonly Look[] = [
  { width: 1.6, opacity: 0.88 },
  { width: 1.25, opacity: 0.72 },
  { width: 1, opacity: 0.62 },
  { width: 0.9, opacity: 0.64 },
  { width: 0.8, opacity: 0.68 },
];
/** A crease over which the map does not change is no boundary of a linear region: hardly there. */
const FADED = 0.12;

/** How a crease of hidden layer `layer`, from 0, is drawn. */
export const creaseLook = (layer: number, changes: boolean): Look => {
  const { width, opacity } = CREASES[Math.min(layer, CREASES.length - 1)];
  return { width, opacity: changes ? opacity : FADED };
};

/** A line narrower than a pixel covers at most so much of one. */
export const coverage = (width: number): number => Math.min(1, width);

/**
 * The paper around a line or mark whose ground may have any colour: `reach` on every side, in CSS pixels before the
 * weight. That of a crease lets the field show a little; marks have it opaque.
 */
export const CREASE_CASING = { reach: 1, opacity: 0.8 };
export const CASING = { reach: 1.5, opacity: 1 };

/** What a sample's mark is multiplied by where lines are by `weight`: twice as large it would cover the small regions. */
export const markWeight = (weight: number): number => Math.cbrt(weight);

export const BOUNDARY_WIDTH = 2.5;
export const LIT_WIDTH = 3;
export const OUTLINE_WIDTH = 2;
export const INSPHERE_WIDTH = 1.25;
/** The ring of a test sample, which is hollow. */
export const HOLLOW_WIDTH = 1.6;
