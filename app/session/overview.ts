import type { Model } from '../../src/model/model.ts';
import type { RegionComplex } from '../../src/regions/complex/complex.ts';
import { isCutByBorder } from '../../src/regions/complex/faces.ts';
import { type Overview, outlinesOf } from '../../src/regions/measure/overview.ts';
import { regionSize } from '../../src/regions/measure/regionFacts.ts';
import { clampView, tidyView, type View } from '../../src/settings/compound.ts';
import type { Context } from './context.ts';
import type { ListedRegion, Picture, RegionOverview } from './state.ts';

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

/** As the inspector describes the region: a list and the card beside it must not show two sizes. */
function listed(picture: Picture, face: number): ListedRegion {
  const { net, complex } = picture;
  const { area, neighbours, insphere, cutByBox } = regionSize(net, complex, face);
  const { x, y } = insphere;
  return { x, y, area, neighbours, cutByBox, view: viewOf(complex, face) };
}

/** The smallest are whole regions as long as there are any: what the edge of the view cuts off may be arbitrarily small. */
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
const stays = (overview: RegionOverview | null, left: View | null, net: Model): boolean =>
  overview !== null && left !== null && overview.picture.net === net;

/** Sizes and lists of the regions in view. */
export function createOverviews(context: Context) {
  const { discs } = context.workers;

  const measure = async (): Promise<void> => {
    const { picture, overview, leftView, overviewShown, working } = context.state;
    if (!overviewShown || !picture || overview?.picture === picture) return;
    // An unfinished picture is about to change.
    if (!picture.complex.complete && working !== null) return;
    if (stays(overview, leftView, picture.net)) return;
    const found = await discs.job('overview', { outlines: outlinesOf(picture.complex) });
    const { regions, area, meanDegree, histogram } = found;
    // A person may have gone somewhere while it was made.
    const now = context.state;
    if (stays(now.overview, now.leftView, picture.net)) return;
    context.set({
      overview: { picture, regions, area, meanDegree, histogram, lists: lists(picture, found) },
      leftView: null,
    });
  };

  const follower = context.latest('overview', measure, (error) =>
    context.notifyError('The regions could not be listed', error),
  );

  return {
    /** Brings the lists of regions up to date, if they are shown. */
    measure: (): void => follower.request('change'),

    show(shown: boolean): void {
      context.set({ overviewShown: shown });
      if (shown) follower.request('change');
    },

    /** Replaces lists kept from an earlier view by those of this one. */
    relist(): void {
      context.set({ leftView: null });
      follower.request('change');
    },
  };
}
