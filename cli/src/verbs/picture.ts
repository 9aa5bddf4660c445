import { excerpt, InputError } from '../../../src/errors.ts';
import { regionsSvg } from '../../../src/export/svg.ts';
import type { Model } from '../../../src/model/model.ts';
import { linearRegions } from '../../../src/regions/linear/linearRegions.ts';
import { decisionBoundary } from '../../../src/regions/measure/decisionBoundary.ts';
import type { Io } from '../io.ts';
import { toJson } from '../json.ts';
import type { Arguments, OptionSpec } from '../options.ts';
import { Progress } from '../progress.ts';
import { reason } from '../reason.ts';
import { ALL_REGIONS, AT, allRegions, BOX, requirePlane } from './options.ts';
import type { WritingVerb } from './verb.ts';

const OUT: OptionSpec = { name: 'out', value: 'FILE', help: 'the SVG file to write' };
const WIDTH: OptionSpec = { name: 'width', value: 'N', help: 'of the map, in pixels (800)' };
const CAPTION: OptionSpec = { name: 'caption', value: 'TEXT', help: 'a line under the map' };
const BARE: OptionSpec = { name: 'bare', help: 'without numbers along the sides' };
const CIRCLE: OptionSpec = {
  name: 'r',
  value: 'R',
  help: 'draw a circle of this radius around --at',
};

export const picture: WritingVerb = {
  name: 'picture',
  summary: 'draw the regions in a box of the plane as SVG, with creases and decision boundary',
  options: [
    OUT,
    ...ALL_REGIONS,
    WIDTH,
    CAPTION,
    { ...AT, help: 'centre of a circle' },
    CIRCLE,
    BARE,
  ],
  prints: '{activationRegions, linearRegions, written}; written is the file',
  write,
};

async function write(net: Model, given: Arguments, io: Io): Promise<void> {
  requirePlane(net);
  const path = given.text(OUT.name);
  const width = given.limit(WIDTH.name, 800);
  const around = circleOf(given);
  const progress = new Progress(io, given);
  try {
    const complex = allRegions(net, given.box(BOX.name), given, progress);
    const linear = linearRegions(net, complex);
    const svg = regionsSvg(net, complex, {
      width,
      axes: !given.has(BARE.name),
      changes: linear.changes,
      circles: around,
      ...(net.outputs === 1 && { boundary: decisionBoundary(net, complex) }),
      ...(given.has(CAPTION.name) && { caption: given.text(CAPTION.name) }),
    });
    await save(svg, path, given, io);
    progress.end();
    const counts = { activationRegions: complex.faceCount, linearRegions: linear.count };
    io.out(`${toJson({ ...counts, written: path })}\n`);
  } finally {
    progress.end();
  }
}

function circleOf(given: Arguments) {
  if (!given.has(AT.name) && !given.has(CIRCLE.name)) return [];
  const [x, y] = given.point(AT.name, 2);
  return [{ x, y, r: given.positive(CIRCLE.name) }];
}

async function save(svg: string, path: string, given: Arguments, io: Io): Promise<void> {
  const refuse = (error: unknown): never => {
    if (error instanceof InputError) throw error;
    throw new InputError(`${excerpt(path, 'end')}: cannot be written (${reason(error)})`);
  };
  const options = { inputs: [given.positional[0]], keepPartial: false };
  const output = await io.create(path, options).catch(refuse);
  try {
    await output.finish(svg);
  } catch (error) {
    await output.abandon(false);
    refuse(error);
  }
}
