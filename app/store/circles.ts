/** A circle on the map; `id` stays with it while it is dragged. */
export interface Circle {
  readonly id: number;
  readonly x: number;
  readonly y: number;
  readonly r: number;
}
