import type { Network } from '../../src/network/network.ts';
import type { RegionComplex } from '../../src/regions/complex/complex.ts';
import { isCutByBorder } from '../../src/regions/complex/faces.ts';
import { regionSize } from '../../src/regions/measure/regionFacts.ts';
import { clampView, tidyView, type View } from '../../src/settings/compound.ts';
import { notifyError, type Picture, useStore } from '../store/store.ts';
import { type Overview, outlinesOf } from '../workers/overview.ts';
import { Latest } from './latest.ts';
import { discs } from './workers.ts';

/** A region that a list names: where it is, what it is like, and the view that shows it. */
export interface ListedRegion {
  /** A place inside. */
  readonly x: number;
  readonly y: number;
  readonly area: number;
  readonly neighbours: number;
  /** Cut by the edge of the view: size and neighbours are what lies in it. */
  readonly cutByBox: boolean;
  readonly view: View;
}

export type ListName = 'largest' | 'smallest' | 'mostNeighboured';

export interface RegionOverview
  extends Pick<Overview, 'regions' | 'area' | 'meanDegree' | 'histogram'> {
  readonly picture: Picture;
  readonly lists: Readonly<Record<ListName, readonly ListedRegion[]>>;
}

const LISTED = 5;
/** Share of the map that a region fills after a jump. */
const FILLS = 1 / 3;

/** The view in which a face stands in the middle. */
function viewOf({ faceStart, origin, coordinates }: RegionComplex, face: number): View {
  const corners = Array.from(origin.subarray(faceStart[face], faceStart[face + 1]));
  const range = (axis: 0 | 1) => {
    const values = corners.map((v) => coordinates[2 * v + axis]);
    return [Math.min(...values), Math.max(...values)];
  };
  const [left, right] = range(0);
  const [bottom, top] = range(1);
  const extent = Math.max(right - left, top - bottom);
  return clampView(
    tidyView({
      x: left + (right - left) / 2,
      y: bottom + (top - bottom) / 2,
      half: Math.max(extent / 2 / FILLS, Number.MIN_VALUE),
    }),
  );
}

/** As the inspector describes the region: a list and the card beside it must not tell two sizes. */
function listed(picture: Picture, face: number): ListedRegion {
  const { net, complex } = picture;
  const { area, neighbours, insphere, cutByBox } = regionSize(net, complex, face);
  const { x, y } = insphere;
  return { x, y, area, neighbours, cutByBox, view: viewOf(complex, face) };
}

/** The smallest are whole regions as long as there are any: what the edge of the view cuts off is as small as one likes. */
function lists(picture: Picture, overview: Overview): RegionOverview['lists'] {
  const { complex } = picture;
  const whole = overview.smallest.filter((face) => !isCutByBorder(complex, face));
  const foremost = (faces: readonly number[]) =>
    faces.slice(0, LISTED).map((face) => listed(picture, face));
  return {
    largest: foremost(overview.largest),
    smallest: foremost(whole.length > 0 ? whole : overview.smallest),
    mostNeighboured: foremost(overview.mostNeighboured),
  };
}

/** Lists stay while a person goes from one of their regions to the next, in the network that they are of. */
const stays = (overview: RegionOverview | null, left: View | null, net: Network): boolean =>
  overview !== null && left !== null && overview.picture.net === net;

async function measure(): Promise<void> {
  const { picture, overview, leftView, overviewShown, working } = useStore.getState();
  if (!overviewShown || !picture || overview?.picture === picture) return;
  // A picture on its way changes at once.
  if (!picture.complex.complete && working !== null) return;
  if (stays(overview, leftView, picture.net)) return;
  const found = await discs.overview(outlinesOf(picture.complex));
  const { regions, area, meanDegree, histogram } = found;
  // A person may have gone somewhere while it was made.
  const now = useStore.getState();
  if (stays(now.overview, now.leftView, picture.net)) return;
  useStore.setState({
    overview: { picture, regions, area, meanDegree, histogram, lists: lists(picture, found) },
    leftView: null,
  });
}

const follower = new Latest(measure, (error) =>
  notifyError('The regions could not be listed', error),
);

/** Brings the lists of regions up to date, if they are shown. */
export const measureRegions = (): void => follower.request();

export function showOverview(shown: boolean): void {
  useStore.setState({ overviewShown: shown });
  if (shown) measureRegions();
}

/** Gives the lists kept from an earlier view up for those of this one. */
export function listThisView(): void {
  useStore.setState({ leftView: null });
  measureRegions();
}
