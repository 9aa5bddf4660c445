import { describe, expect, it } from 'vitest';
import { describeRegion, regionJson, shownFace } from '../../../app/session/describe.ts';
import type { Picture } from '../../../app/session/state.ts';
import { squareOf } from '../../../app/session/view.ts';
import { networkToJson } from '../../../src/model/json.ts';
import { isCutByBorder } from '../../../src/regions/complex/faces.ts';
import { linearRegions } from '../../../src/regions/linear/linearRegions.ts';
import { decisionBoundary } from '../../../src/regions/measure/decisionBoundary.ts';
import { faceGeometry } from '../../../src/regions/measure/faceGeometry.ts';
import { subdivide } from '../../../src/regions/subdivide/subdivide.ts';
import { buildTrainer } from '../../../src/settings/build.ts';
import { readLink } from '../../../src/settings/link.ts';
import { DATA_VIEW } from '../../../src/settings/schema.ts';
import { run } from '../cli/run.ts';

function pictureOf(link: string, maxRegions = 1e6): Picture {
  const net = buildTrainer(readLink(link).settings).network;
  const complex = subdivide(net, squareOf(DATA_VIEW), { maxRegions });
  const { count, label, changes } = linearRegions(net, complex);
  return {
    run: 1,
    net,
    step: 0,
    complex,
    linearCount: count,
    linearLabel: label,
    changes,
    boundary: decisionBoundary(net, complex),
  };
}

describe('the description of a region', () => {
  it('is one answer, for tooltip, inspector, screen reader and clipboard', () => {
    const picture = pictureOf('net=2-8-8-1&seed=3');
    let cut = 0;
    for (let face = 0; face < picture.complex.faceCount; face++) {
      const facts = describeRegion(picture, face);
      expect(describeRegion(picture, face)).toBe(facts);
      expect(facts?.area).toBe(faceGeometry(picture.net, picture.complex).area(face));
      expect(facts?.cutByBox).toBe(isCutByBorder(picture.complex, face));
      if (facts?.cutByBox) cut++;
      if (facts) expect(JSON.parse(regionJson(facts)).cutByBox).toBe(facts.cutByBox);
    }
    expect(cut).toBeGreaterThan(5);
    expect(cut).toBeLessThan(picture.complex.faceCount);
  });

  it('is on the clipboard what the command line prints', async () => {
    const picture = pictureOf('net=2-8-8-1&seed=3&act=leaky');
    const files = { 'net.json': JSON.stringify(networkToJson(picture.net)) };
    const box = ['--box', '-1.2,1.2,-1.2,1.2'];
    for (let face = 0; face < picture.complex.faceCount; face += 5) {
      const facts = describeRegion(picture, face);
      if (!facts) throw new Error('the picture is complete');
      const { x, y } = facts.insphere;
      const { out } = await run(['region', 'net.json', '--at', `${x},${y}`, ...box], files);
      const { linearRegion, neighbours, ...same } = JSON.parse(out);
      expect(JSON.parse(regionJson(facts))).toEqual(same);
      expect(facts.linearSize).toBe(linearRegion.cells);
      expect(facts.neighbours).toBeLessThanOrEqual(neighbours.length);
    }
  });

  it('is nothing in a partial picture, whose regions may still be cut', () => {
    const partial = pictureOf('net=2-16-16-1&seed=3', 80);
    expect(partial.complex.complete).toBe(false);
    expect(describeRegion(partial, 0)).toBeNull();
    expect(shownFace({ picture: partial, hoverFace: 0, focus: { x: 0, y: 0 } })).toBeNull();
    expect(describeRegion(pictureOf('net=2-4-1'), -1)).toBeNull();
  });
});

describe('the region that is spoken of', () => {
  it('is the one under the pointer, unless another is pinned', () => {
    const picture = pictureOf('net=2-8-1&seed=3');
    const place = { x: 0.9, y: 0.9 };
    const there = shownFace({ picture, hoverFace: null, focus: place });
    const hoverFace = there === 0 ? 1 : 0;
    expect(shownFace({ picture, hoverFace, focus: place })).toBe(hoverFace);
    expect(shownFace({ picture, hoverFace, focus: { ...place, pinned: true } })).toBe(there);
    expect(shownFace({ picture, hoverFace, focus: null })).toBe(hoverFace);
  });
});
