import { describe, expect, it } from 'vitest';
import { nextPlace, placeOfCircle, placeOfScene, sceneStops } from '../../../app/present/stops.ts';
import { scenes } from '../../../app/scenes/registry.ts';
import { readLink } from '../../../src/settings/link.ts';

describe('the steps of a presentation', () => {
  it('go one by one and end at both ends', () => {
    expect([0, 1, 2].map((at) => nextPlace({ at, of: 3 }, 1))).toEqual([1, 2, null]);
    expect([0, 1, 2].map((at) => nextPlace({ at, of: 3 }, -1))).toEqual([null, 0, 1]);
  });

  it('begin at either end where nothing is chosen', () => {
    expect(nextPlace({ at: -1, of: 3 }, 1)).toBe(0);
    expect(nextPlace({ at: -1, of: 3 }, -1)).toBe(2);
    for (const by of [1, -1] as const) expect(nextPlace({ at: -1, of: 0 }, by)).toBeNull();
  });

  it('find every view of every scene by its link, and no scene elsewhere', () => {
    expect(sceneStops.length).toBe(scenes.reduce((sum, { views }) => sum + views.length, 0));
    sceneStops.forEach(({ view }, at) => {
      const { settings } = readLink(view.hash);
      expect(placeOfScene({ settings, opened: settings })).toBe(at);
    });
    const { settings } = readLink('net=2-3-1&seed=9');
    expect(placeOfScene({ settings, opened: settings })).toBe(-1);
  });

  it('find the chosen circle by its number on the map', () => {
    const circles = [{ id: 7 }, { id: 3 }];
    expect(placeOfCircle({ circles, selected: 3 })).toBe(1);
    expect(placeOfCircle({ circles, selected: null })).toBe(-1);
  });
});
