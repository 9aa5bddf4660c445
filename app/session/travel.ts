import type { View } from '../../src/settings/compound.ts';
import type { Context } from './context.ts';
import type { Run } from './run.ts';
import type { ListedRegion } from './state.ts';

/**
 * Moves the view from one to another. `show` gets every view on the way, `to` last, and returns false if something else
 * has moved the view since: then the journey is over. Returns what ends it early.
 */
export type Travel = (from: View, to: View, show: (view: View) => boolean) => () => void;

/** Without a picture to move there is no way to show. */
export const jump: Travel = (_from, to, show) => {
  show(to);
  return () => {};
};

/** Journeys to the regions of a list, and back. */
export function createJourneys(context: Context, { change }: Pick<Run, 'change'>, travel: Travel) {
  let end = (): void => {};
  context.atEnd(() => end());

  const go = (to: View): void => {
    end();
    let last = context.state.settings.view;
    end = travel(last, to, (view) => {
      if (context.state.settings.view !== last) return false;
      last = view;
      change({ view });
      return true;
    });
  };

  return {
    /** Goes to a region and marks it; the first time the view left behind is remembered. */
    goTo({ x, y, view }: ListedRegion): void {
      const { leftView, settings } = context.state;
      context.set({ leftView: leftView ?? settings.view, focus: { x, y }, hoverFace: null });
      go(view);
    },

    /** Back to the view from which the first journey began. */
    goBack(): void {
      const { leftView } = context.state;
      if (!leftView) return;
      context.set({ focus: null, leftView: null });
      go(leftView);
    },
  };
}
