import { createNetwork } from '../../src/model/initialisers/createNetwork.ts';
import { type NetworkJson, networkToJson } from '../../src/model/json.ts';
import { createModel } from '../../src/model/model.ts';
import type { Random } from '../../src/random.ts';
import { npyFile } from '../unit/cli/npyFile.ts';

/** Draws from one stream of chance. */
export class Draw {
  readonly random: Random;

  constructor(random: Random) {
    this.random = random;
  }

  /** A whole number in [0, n). */
  below(n: number): number {
    return Math.floor(this.random() * n);
  }

  of<T>(items: readonly T[]): T {
    return items[this.below(items.length)];
  }

  chance(share: number): boolean {
    return this.random() < share;
  }
}

const encode = (text: string) => new TextEncoder().encode(text);

/** Tokens that stand where a number belongs, in JSON or in a table. */
const TOKENS = [
  'NaN',
  'Infinity',
  '-Infinity',
  'null',
  'true',
  '1e308',
  '-1.7976931348623157e308',
  '1e999',
  '5e-324',
  '1e-310',
  '-0',
  '0.1e-400',
  '123456789012345678901234567890',
  '9007199254740993',
  '0x10',
  '1_000',
  '١٢',
  '1,5',
  '--1',
  '.',
  '',
  '""',
  '"1"',
  '[]',
  '{}',
  '[[1]]',
  '\u001b[2J',
  '\u0000',
  '\u202e',
  '１',
  'x'.repeat(500),
  ' '.repeat(3000),
  '9'.repeat(2000),
];

/** Values that stand where another belongs in a network. */
const VALUES: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -0,
  1e308,
  -1e308,
  5e-324,
  1e-160,
  1e160,
  2 ** 53 + 2,
  -1,
  0.1,
  '',
  '1',
  'relu',
  'tanh',
  'abs',
  'linear',
  [],
  {},
  [[]],
  [[1, 2]],
  [null],
  { W: [[1]], b: [0] },
  Array.from({ length: 300 }, (_, i) => i),
  '\u001b]0;x\u0007',
];

/** Keys that a file may have, rightly or wrongly. */
const KEYS = [
  'W',
  'b',
  'w',
  'weights',
  'bias',
  'layers',
  'Layers',
  'activation',
  'negativeSlope',
  'negative_slope',
  'alpha',
  'slopes',
  'extra',
  '__proto__',
  'constructor',
  'toString',
  '0.weight',
  '\u0000',
];

function widthsOf(draw: Draw): number[] {
  const inputs = draw.of([2, 2, 2, 2, 1, 3]);
  const hidden = Array.from({ length: draw.below(4) }, () => 1 + draw.below(6));
  return [inputs, ...hidden, draw.of([1, 1, 2])];
}

/** A sound network, small enough that every verb answers at once. */
export function soundNetwork(draw: Draw): { json: object; inputs: number } {
  const widths = widthsOf(draw);
  const net = createNetwork({
    widths,
    negativeSlope: draw.of([0, 0, 0.01, 0.5]),
    initialiser: 'he',
    seed: 1 + draw.below(1000),
  });
  // Some networks have a slope for every neuron.
  const mixed = draw.chance(0.2);
  const slopes = net.hidden.map((layer) =>
    layer.slopes.map((s) => (mixed ? draw.of([0, 0.01, 1, -1, -0.5]) : s)),
  );
  const json = networkToJson(createModel(net.layers, slopes));
  if (draw.chance(0.3)) {
    // Small whole numbers: creases that meet in one point, and coincide.
    for (const layer of json.layers) {
      layer.W = layer.W.map((row) => row.map(() => draw.below(5) - 2));
      layer.b = layer.b.map(() => draw.below(3) - 1);
    }
  }
  return { json: draw.chance(0.15) ? stateDict(json) : json, inputs: widths[0] };
}

/** As PyTorch names the tensors of a sequence of layers, with one number for every activation between them. */
const stateDict = ({ layers }: NetworkJson): object =>
  Object.fromEntries(
    layers.flatMap(({ W, b }, k) => [
      [`${2 * k}.weight`, W],
      [`${2 * k}.bias`, b],
    ]),
  );

/** Every place in a JSON value that can hold another value. */
function places(value: unknown): { holder: Record<string, unknown>; key: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...places(holder[key])]);
}

function mutateValue(json: object, draw: Draw): void {
  const found = places(json);
  if (found.length === 0) return;
  const { holder, key } = draw.of(found);
  const action = draw.below(7);
  if (action === 0) holder[key] = structuredClone(draw.of(VALUES));
  else if (action === 1) holder[key] = Number(draw.of(TOKENS)) || 0;
  else if (action === 2 && Array.isArray(holder)) holder.splice(Number(key), 1);
  else if (action === 2) delete holder[key];
  else if (action === 3 && Array.isArray(holder))
    holder.splice(Number(key), 0, structuredClone(holder[key]));
  else if (action === 4) {
    const other = draw.of(found);
    const kept = structuredClone(other.holder[other.key]);
    other.holder[other.key] = structuredClone(holder[key]);
    holder[key] = kept;
  } else if (action === 5 && !Array.isArray(holder)) {
    Object.defineProperty(holder, draw.of(KEYS), {
      value: draw.chance(0.5) ? structuredClone(holder[key]) : structuredClone(draw.of(VALUES)),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  } else if (typeof holder[key] === 'number')
    holder[key] = holder[key] * 2 ** draw.of([-1074, -600, -300, -52, 52, 300, 600, 1023]);
  else holder[key] = [holder[key]];
}

const EXTREMES = [
  0,
  -0,
  5e-324,
  1e-310,
  1e-160,
  1e160,
  1.7976931348623157e308,
  -1e308,
  1,
  2 ** -52,
];

function mutateNumber(json: object, draw: Draw): void {
  const found = places(json).filter(({ holder, key }) => typeof holder[key] === 'number');
  if (found.length === 0) return;
  const { holder, key } = draw.of(found);
  if (key !== 'negativeSlope') holder[key] = draw.of(EXTREMES);
  else holder[key] = draw.of([5e-324, 1e-300, 0.3, 1 - 2 ** -53]);
}

/** What a hand, an editor or a broken transfer does to a text. */
function mutateText(text: string, draw: Draw): string {
  const at = draw.below(text.length + 1);
  const to = Math.min(text.length, at + draw.below(30));
  const numbers = [...text.matchAll(/-?\d[\d.e+-]*/g)];
  switch (draw.below(9)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + draw.of(TOKENS) + text.slice(at);
    case 2:
      return text.slice(0, at) + text.slice(to);
    case 3:
      return text.slice(0, to) + text.slice(at, to) + text.slice(to);
    case 4:
      return text.replaceAll('\n', draw.of(['\r\n', '\r', '\n\n', ' ', '\u2028']));
    case 5:
      return draw.of(['\uFEFF', ' ', '\n', '#', '"', '[', '{', '//']) + text;
    case 6: {
      const [a, b] = draw.of([
        [',', ';'],
        [',', '\t'],
        [',', ' '],
        ['.', ','],
        ['[', '[['],
        [']', ']]'],
        ['"', "'"],
        [':', '='],
        ['0', 'O'],
        ['"b"', '"W"'],
        ['"W"', '"b"'],
      ]);
      return text.replaceAll(a, b);
    }
    case 7:
      return text + draw.of([text, ',', '}', '\u0000', '\n\n', TOKENS[0], '\ufeff']);
    default: {
      if (numbers.length === 0) return text + draw.of(TOKENS);
      const { index, 0: number } = draw.of(numbers);
      return text.slice(0, index) + draw.of(TOKENS) + text.slice(index + number.length);
    }
  }
}

/** What a broken disk or a wrong program does to bytes. */
function mutateBytes(bytes: Uint8Array, draw: Draw): Uint8Array {
  if (bytes.length === 0) return bytes;
  const copy = bytes.slice();
  const at = draw.below(bytes.length);
  switch (draw.below(6)) {
    case 0:
      copy[at] ^= 1 << draw.below(8);
      return copy;
    case 1:
      copy.fill(draw.of([0, 0xff, 0x7f]), at, at + draw.below(16));
      return copy;
    case 2:
      return copy.subarray(0, at);
    case 3:
      return copy.subarray(at);
    case 4:
      return Uint8Array.from([...copy, ...copy.subarray(at)]);
    default:
      for (let n = 1 + draw.below(8); n > 0; n--) copy[draw.below(copy.length)] = draw.below(256);
      return copy;
  }
}

/** UTF-16 as a Windows shell writes it, with or without its mark. */
function utf16(text: string, draw: Draw): Uint8Array {
  const little = draw.chance(0.7);
  const units = (draw.chance(0.7) ? `\uFEFF${text}` : text).split('');
  return Uint8Array.from(
    units.flatMap((unit) => {
      const code = unit.charCodeAt(0);
      return little ? [code & 255, code >> 8] : [code >> 8, code & 255];
    }),
  );
}

const asBytes = (text: string, draw: Draw): Uint8Array =>
  draw.chance(0.04) ? utf16(text, draw) : encode(text);

/** A network file with something the matter; `inputs` are those of the network that it was. */
export function hostileNetwork(draw: Draw): { bytes: Uint8Array; inputs: number } {
  const { json, inputs } = soundNetwork(draw);
  // Half of them stay networks, at the ends of the range of numbers.
  if (draw.chance(0.5)) {
    for (let n = 1 + draw.below(4); n > 0; n--) mutateNumber(json, draw);
    return { bytes: encode(JSON.stringify(json)), inputs };
  }
  for (let n = draw.below(3); n > 0; n--) mutateValue(json, draw);
  let text = JSON.stringify(json, undefined, draw.of([undefined, undefined, 1]));
  for (let n = draw.below(3); n > 0; n--) text = mutateText(text, draw);
  if (draw.chance(0.02)) text = draw.of(['[', '{"layers":', '[[1,']).repeat(1 + draw.below(5000));
  let bytes = asBytes(text, draw);
  if (draw.chance(0.15)) bytes = mutateBytes(bytes, draw);
  return { bytes, inputs };
}

/** Points, `[rows × columns]`. */
function points(rows: number, columns: number, draw: Draw): number[][] {
  return Array.from({ length: rows }, () =>
    Array.from({ length: columns }, () => draw.below(4000) / 1000 - 2),
  );
}

/** A table of numbers as text with something the matter. */
export function hostileCsv(columns: number, draw: Draw): Uint8Array {
  const rows = points(draw.below(12), columns, draw).map((row) => row.join());
  const head = draw.chance(0.3) ? ['x,y,z'.slice(0, 2 * columns - 1)] : [];
  let text = `${[...head, ...rows].join('\n')}\n`;
  for (let n = 1 + draw.below(3); n > 0; n--) text = mutateText(text, draw);
  let bytes = asBytes(text, draw);
  if (draw.chance(0.15)) bytes = mutateBytes(bytes, draw);
  return bytes;
}

const DTYPES = ['<f8', '>f8', '<f4', '>f4', '<f2', '<i8', '>i4', '<u2'];
const WRONG_DTYPES = ['|S5', '|O', '<c16', '<M8[ns]', '<f16', '<f3', '|b1', '<U7', 'f8', '', "'"];
const SHAPES = [
  '()',
  '(3,)',
  '(0, 2)',
  '(2, 0)',
  '(3, 2, 1)',
  '(-3, 2)',
  '(1000000000, 2)',
  '(2, 1000000000)',
  '(18446744073709551616, 2)',
  '(3L, 2L)',
  '(3 2)',
  '(9007199254740993,)',
  '(1e9, 2)',
  '(,)',
  '3',
  '(0,)',
];

/** An array of NumPy with something the matter: its header, its length, its elements. */
export function hostileNpy(columns: number, draw: Draw): Uint8Array {
  const rows = 1 + draw.below(6);
  const type = draw.of(DTYPES);
  const whole = /[iu]/.test(type);
  const values = points(rows, columns, draw).map((row) =>
    row.map((v) => (whole ? Math.round(Math.abs(v)) : v)),
  );
  const version = 1 + draw.below(3);
  const sound = npyFile(values, [rows, columns], { type, fortran: draw.chance(0.4), version });
  let bytes = sound;
  for (let n = 1 + draw.below(2); n > 0; n--) {
    const text = Buffer.from(bytes).toString('latin1');
    const shape = text.indexOf('(');
    const action = draw.below(7);
    if (action === 0) bytes = withHeader(text, /\([^)]*\)/, draw.of(SHAPES));
    else if (action === 1)
      bytes = withHeader(text, /[<>|]\w+/, draw.of([...WRONG_DTYPES, ...DTYPES]));
    else if (action === 2) bytes = withHeader(text, /True|False/, draw.of(['True', 'False', '1']));
    else if (action === 3 && shape > 0) bytes = withHeader(text, /\{/, draw.of(['[', '{{', ' ']));
    else if (action === 4) {
      // Special numbers among the elements.
      bytes = bytes.slice();
      bytes.fill(draw.of([0xff, 0x7f, 0xf0]), bytes.length - 1 - draw.below(16));
    } else if (action === 5) {
      // Version and length of the header.
      bytes = bytes.slice();
      bytes[Math.min(bytes.length - 1, 6 + draw.below(6))] = draw.below(256);
    } else bytes = mutateBytes(bytes, draw);
    if (bytes.length === 0) return bytes;
  }
  return draw.chance(0.03) ? Uint8Array.from([0x50, 0x4b, 3, 4, ...bytes]) : bytes;
}

/** The file with a part of its header replaced, at the same length where the padding allows. */
function withHeader(text: string, part: RegExp, by: string): Uint8Array {
  const [found] = part.exec(text) ?? [];
  if (found === undefined) return Uint8Array.from(Buffer.from(text, 'latin1'));
  const padding = by.length - found.length;
  const replaced = text.replace(part, () => by);
  const fitted =
    padding > 0
      ? replaced.replace(' '.repeat(padding), '')
      : replaced.replace(' \n', ` ${' '.repeat(-padding)}\n`);
  return Uint8Array.from(Buffer.from(fitted, 'latin1'));
}
