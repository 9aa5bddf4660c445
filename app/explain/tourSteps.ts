import type { Placement } from '@floating-ui/dom';

/** One stop of the tour: a part of the page, and thirty words about it at most. */
export interface TourStep {
  readonly title: string;
  readonly says: string;
  /** Selectors of the part, the best one first. */
  readonly target: readonly string[];
  readonly placement: Placement;
  /** Names of the buttons behind which the part may be hidden: a sheet, the drawer. */
  readonly behind?: readonly string[];
}

export const TOUR: readonly TourStep[] = [
  {
    title: 'The map',
    says: 'Each polygon is a region: a piece of the plane on which this network is one affine map. The lines between them are creases, where a neuron switches.',
    target: ['[data-testid="map"]'],
    placement: 'right-start',
  },
  {
    title: 'One region',
    says: 'Inside a region the same neurons are on. Point at any polygon, and here you read its pattern, its affine map and its size.',
    target: ['section[aria-label="Region"]'],
    placement: 'left-end',
    behind: ['Inspector'],
  },
  {
    title: 'A circle',
    says: 'How many regions are near a point? Those that meet the circle are counted. Drag it to another place, or drag the dot on its rim to make it larger.',
    target: ['[data-circle][aria-pressed="true"]', '[data-circle]'],
    placement: 'right',
  },
  {
    title: 'Count and bound',
    says: 'First the regions that were counted, then the most that Algorithm 1 allows: C is the number of neurons it cannot decide, and each of them doubles the bound.',
    target: ['[data-testid="headline"]'],
    placement: 'left-start',
    behind: ['Inspector'],
  },
  {
    title: 'How loose the bound is',
    says: 'The gap on the ruler is how many times too high the bound is: a neuron doubles the regions only if its crease cuts every one in two.',
    // Where its sheet is hidden it is not drawn yet.
    target: [
      'section[aria-label="Looseness of the bound"] [role="img"]',
      'section[aria-label="Looseness of the bound"]',
    ],
    placement: 'left-start',
    behind: ['Inspector'],
  },
  {
    title: 'Training',
    says: 'Press Play. The network learns to tell the two kinds of points apart, and its regions move as it learns.',
    target: ['[data-testid="transport"] button'],
    placement: 'top-start',
  },
  {
    title: 'Your own network',
    says: 'Choose other data, more layers, another way to train. The same settings always give the same network, step by step.',
    target: ['section[aria-label="Set-up"]'],
    placement: 'right-start',
    behind: ['Set-up'],
  },
  {
    title: 'Scenes',
    says: 'Press a picture to see what networks can do. The address of the page always holds what you see: copy it to show it to others.',
    target: ['[data-testid="scenes"]'],
    placement: 'right-start',
    behind: ['Set-up'],
  },
];
