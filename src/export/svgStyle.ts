import type { RegionComplex } from '../regions/complex/complex.ts';
import { faceColour } from './regionColours.ts';

/** How a line is drawn, in pixels. */
export interface SvgLine {
  readonly width: number;
  readonly opacity: number;
}

/** Colours, `#rrggbb`, and widths in pixels. */
export interface SvgStyle {
  readonly paper: string;
  readonly ink: string;
  readonly muted: string;
  /** By class. */
  readonly classes: readonly string[];
  readonly circle: string;
  readonly boundaryWidth: number;
  /** By hidden layer, from 0; `changes` is false for a crease over which the affine map stays the same. */
  crease(layer: number, changes: boolean): SvgLine;
  /** Of a face. */
  fill(complex: RegionComplex, face: number): string;
}

const CREASES: readonly SvgLine[] = [
  { width: 1.6, opacity: 0.88 },
  { width: 1.25, opacity: 0.72 },
  { width: 1, opacity: 0.62 },
  { width: 0.9, opacity: 0.64 },
  { width: 0.8, opacity: 0.68 },
];

/** The light theme of the page. */
export const PLAIN_STYLE: SvgStyle = {
  paper: '#fbfbf9',
  ink: '#1c1d1f',
  muted: '#666a70',
  classes: ['#0072b2', '#d55e00', '#009e73', '#e69f00', '#56b4e9'],
  circle: '#c76b9f',
  boundaryWidth: 2.5,
  crease(layer, changes) {
    const look = CREASES[Math.min(layer, CREASES.length - 1)];
    return changes ? look : { ...look, opacity: 0.12 };
  },
  fill: (complex, face) => faceColour(complex, face),
};
