import { describe, expect, it } from 'vitest';
import { packedPalette } from '../../../app/colour.ts';
import { Painting, rasterHeight } from '../../../app/map/painting.ts';
import { Raster } from '../../../app/map/raster.ts';
import { regionBucket } from '../../../src/export/regionColours.ts';
import type { Model } from '../../../src/model/model.ts';
import { locate } from '../../../src/regions/query/locate.ts';
import { subdivide } from '../../../src/regions/subdivide/subdivide.ts';
import { buildTrainer } from '../../../src/settings/build.ts';
import { readLink } from '../../../src/settings/link.ts';

const BOX = { xMin: -1.2, xMax: 1.2, yMin: -0.9, yMax: 0.9 };
const INK = 0x1c1d1f;
const PAPER = 0xfbfbf9;
const networkOf = (link: string) => buildTrainer(readLink(link).settings).network;

function paint(
  net: Model,
  width: number,
  parts: { creases: boolean; cells: boolean; casing?: string },
  raster = new Raster(width, rasterHeight(BOX, width)),
) {
  const complex = subdivide(net, BOX);
  const painting = new Painting(
    complex,
    {
      ink: '#1c1d1f',
      casing: parts.casing ?? null,
      offsets: net.offsets,
      weight: 1,
      palette: parts.cells ? packedPalette(false) : null,
      creases: parts.creases,
      changes: null,
      density: 1,
    },
    raster,
  );
  let slices = 1;
  while (!painting.run(0)) slices++;
  return { complex, raster, painting, slices };
}

const colourAt = ({ rgba, width }: Raster, column: number, row: number): number => {
  const at = 4 * (row * width + column);
  return (rgba[at] << 16) | (rgba[at + 1] << 8) | rgba[at + 2];
};

describe('a painted picture', () => {
  it('has in every pixel the colour of the region that its middle lies in', () => {
    const net = networkOf('net=2-16-16-1&seed=3');
    const { complex, raster, painting } = paint(net, 240, { creases: false, cells: true });
    expect(raster.height).toBe(180);
    const palette = packedPalette(false);
    // Pixels that hold a region smaller than themselves have a mean.
    let others = 0;
    for (let row = 0; row < raster.height; row += 3)
      for (let column = 0; column < raster.width; column++) {
        const x = BOX.xMin + (column + 0.5) / 100;
        const y = BOX.yMax - (row + 0.5) / 100;
        const face = locate(net, complex, x, y);
        const bucket = regionBucket(complex.patterns, face * complex.words, complex.words);
        if (colourAt(raster, column, row) !== palette[bucket]) others++;
      }
    expect(others).toBeLessThanOrEqual(painting.smaller);
    expect(painting.smaller).toBeLessThan(10);
  });

  it('leaves no pixel without a colour, however small the cells are', () => {
    const net = networkOf('net=2-64-64-1&seed=5');
    const { complex, raster, painting } = paint(net, 24, { creases: false, cells: true });
    expect(complex.faceCount).toBeGreaterThan(4 * raster.width * raster.height);
    expect(painting.smaller).toBeGreaterThan(complex.faceCount / 2);
    for (let at = 3; at < raster.rgba.length; at += 4) expect(raster.rgba[at]).toBe(255);
  });

  it('counts the regions that fit into a pixel, and no other', () => {
    const net = networkOf('net=2-32-32-1&seed=9');
    const { complex, painting } = paint(net, 48, { creases: true, cells: true });
    let expected = 0;
    for (let face = 0; face < complex.faceCount; face++) {
      const corners = Array.from(
        complex.origin.subarray(complex.faceStart[face], complex.faceStart[face + 1]),
      );
      const extent = (axis: 0 | 1) => {
        const values = corners.map((v) => complex.coordinates[2 * v + axis]);
        return Math.max(...values) - Math.min(...values);
      };
      if (extent(0) * 20 < 1 && extent(1) * 20 < 1) expected++;
    }
    expect(painting.smaller).toBe(expected);
    expect(expected).toBeGreaterThan(0);
  });

  it('is made in slices, and is the same picture again on the same raster', () => {
    const net = networkOf('net=2-32-32-1&seed=2');
    const first = paint(net, 120, { creases: true, cells: true });
    expect(first.slices).toBeGreaterThan(10);
    const before = first.raster.rgba.slice();
    paint(networkOf('net=2-64-64-1&seed=4'), 120, { creases: true, cells: true }, first.raster);
    expect(first.raster.rgba).not.toEqual(before);
    paint(net, 120, { creases: true, cells: true }, first.raster);
    expect(first.raster.rgba).toEqual(before);
  });

  it('draws creases alone with nothing under them', () => {
    const net = networkOf('net=2-4-1&seed=1');
    const { raster } = paint(net, 120, { creases: true, cells: false });
    const opacities = Array.from({ length: 120 * 90 }, (_, at) => raster.rgba[4 * at + 3]);
    expect(Math.max(...opacities)).toBeGreaterThan(150);
    expect(opacities.filter((v) => v === 0).length).toBeGreaterThan(opacities.length / 2);
  });

  it('has paper beside every crease where the creases lie on a field, and ink on top of it', () => {
    const net = networkOf('net=2-4-1&seed=1');
    const bare = paint(net, 120, { creases: true, cells: false }).raster;
    const { raster } = paint(net, 120, { creases: true, cells: false, casing: '#fbfbf9' });
    let [inked, beside] = [0, 0];
    for (let at = 0; at < 120 * 90; at++) {
      const [ink, here] = [bare.rgba[4 * at + 3], raster.rgba[4 * at + 3]];
      expect(here).toBeGreaterThanOrEqual(ink);
      if (ink > 200) {
        inked++;
        expect(raster.rgba[4 * at]).toBeLessThan(0x50);
      }
      if (ink === 0 && here > 100) {
        beside++;
        expect(raster.rgba[4 * at]).toBe(0xfb);
      }
    }
    expect(inked).toBeGreaterThan(50);
    expect(beside).toBeGreaterThan(inked);
  });
});

describe('a raster', () => {
  it('covers with a line as many pixels as it is long and wide', () => {
    for (const [x, y] of [
      [50, 0],
      [0, 50],
      [40, 30],
      [-30, 40],
      [35.36, -35.35],
    ]) {
      const raster = new Raster(120, 120);
      raster.line(60 - x / 2, 60 - y / 2, 60 + x / 2, 60 + y / 2, 2, 1);
      raster.compose(INK, PAPER, 0, 120);
      let covered = 0;
      for (let at = 3; at < raster.rgba.length; at += 4) covered += raster.rgba[at] / 255;
      // Up to half a pixel more at either end, and the last bit of every pixel is cut off.
      expect(covered).toBeGreaterThan(2 * 49.5);
      expect(covered).toBeLessThan(2 * 53);
    }
  });

  it('lets two cells that share an edge share no pixel and leave none out', () => {
    const raster = new Raster(50, 50);
    const [a, b, c, d] = [
      [0, 0],
      [50, 0],
      [50, 50],
      [0, 50],
    ];
    const fill = (corners: number[][], colour: number) =>
      raster.fill(
        corners.map((p) => p[0]),
        corners.map((p) => p[1]),
        corners.length,
        colour,
      );
    const [p, q] = [
      [13.3, 0],
      [31.7, 50],
    ];
    fill([a, p, q, d], 0x112233);
    fill([p, b, c, q], 0x445566);
    raster.compose(INK, PAPER, 0, 50);
    for (let row = 0; row < 50; row++)
      for (let column = 0; column < 50; column++) {
        const edge = 13.3 + ((row + 0.5) / 50) * (31.7 - 13.3);
        expect(colourAt(raster, column, row)).toBe(column + 0.5 < edge ? 0x112233 : 0x445566);
      }
  });

  it('keeps inside its limits whatever is drawn', () => {
    const raster = new Raster(8, 8);
    raster.line(-50, -20, 90, 70, 1.5, 0.8);
    raster.line(3, 3, 3, 3, 1, 1);
    raster.fill([-9, 99, 99], [-9, -9, 99], 3, 0xffffff);
    raster.crumb(-1, 3, 1, 0xffffff);
    raster.speck(8, 8, 1, 1);
    raster.compose(INK, PAPER, 0, 8);
    expect(raster.rgba.length).toBe(4 * 64);
    expect(raster.rgba[3]).toBe(255);
  });
});
