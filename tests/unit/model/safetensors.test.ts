import { describe, expect, it } from 'vitest';
import { nodeIo } from '../../../cli/src/io.ts';
import { readNetwork } from '../../../cli/src/readNetwork.ts';
import { InputError } from '../../../src/errors.ts';
import { networkToJson } from '../../../src/model/json.ts';
import { createModel } from '../../../src/model/model.ts';
import { readSafetensors, writeSafetensors } from '../../../src/model/safetensors.ts';
import { answer, cases, run } from '../cli/run.ts';
import { type Entry, f64, safetensorsFile } from './safetensorsFile.ts';

/** A 64-bit matrix of this shape whose numbers count up from `first`. */
const matrix = (rows: number, columns: number, first = 1): Entry => ({
  dtype: 'F64',
  shape: [rows, columns],
  bytes: f64(...Array.from({ length: rows * columns }, (_, i) => first + i)),
});
const vector = (length: number): Entry => ({
  dtype: 'F64',
  shape: [length],
  bytes: f64(...Array.from({ length }, (_, i) => i)),
});
const weightsOf = (file: Uint8Array) =>
  readSafetensors(file).net.layers.map(({ weights }) => [...weights]);

describe('reading a safetensors file', () => {
  it('takes the numbers of every type that it reads', () => {
    const two = (dtype: string, bytes: number[]) =>
      weightsOf(safetensorsFile({ weight: { dtype, shape: [1, 2], bytes } }));
    expect(two('F64', f64(0.1, -1e-320))).toEqual([[0.1, -1e-320]]);
    expect(two('F32', [0, 0, 0x80, 0x3f, 0xcd, 0xcc, 0xcc, 0x3d])).toEqual([[1, Math.fround(0.1)]]);
    expect(two('F16', [0x00, 0x3c, 0x01, 0x80])).toEqual([[1, -(2 ** -24)]]);
    expect(two('BF16', [0x80, 0x3f, 0x49, 0xc0])).toEqual([[1, -3.140625]]);
  });

  it('orders layers by the numbers in their names, wherever they lie in the file', () => {
    const { net, assumed } = readSafetensors(
      safetensorsFile({
        'net.10.weight': matrix(1, 3, 30),
        'net.2.weight': matrix(3, 3, 10),
        'net.0.bias': vector(3),
        'net.0.weight': matrix(3, 2),
      }),
    );
    expect(net.layers.map(({ weights }) => weights[0])).toEqual([1, 10, 30]);
    expect([...net.layers[0].biases, ...net.layers[1].biases]).toEqual([0, 1, 2, 0, 0, 0]);
    expect(assumed).toEqual(['activation relu']);
  });

  it('orders names without numbers as their sizes fit, or else by name, and says so', () => {
    const { net, assumed } = readSafetensors(
      safetensorsFile({
        'hidden.weight': matrix(4, 3),
        'input.weight': matrix(3, 2),
        'out.weight': matrix(1, 4),
      }),
    );
    expect(net.widths).toEqual([3, 4]);
    expect(assumed).toEqual(['layers in the order input, hidden, out', 'activation relu']);
    const alike = readSafetensors(
      safetensorsFile({
        'out.weight': matrix(1, 2),
        'fc10.weight': matrix(2, 2, 50),
        'fc2.weight': matrix(2, 2, 10),
      }),
    );
    expect(alike.net.layers.map(({ weights }) => weights[0])).toEqual([10, 50, 1]);
    expect(alike.assumed[0]).toBe('layers in the order fc2, fc10, out');
  });

  it('takes activation and slopes from the metadata, and ignores other notes', () => {
    const two = { '0.weight': matrix(2, 2), '1.weight': matrix(1, 2) };
    const slopes = (metadata: unknown) =>
      readSafetensors(safetensorsFile(two, { metadata })).net.hidden.map((h) => [...h.slopes]);
    expect(slopes({ format: 'pt', alpha: '16' })).toEqual([[0, 0]]);
    expect(slopes({ activation: 'abs' })).toEqual([[-1, -1]]);
    expect(slopes({ activation: 'LeakyReLU', negative_slope: '0.25' })).toEqual([[0.25, 0.25]]);
    expect(slopes({ negativeSlope: '.5' })).toEqual([[0.5, 0.5]]);
    expect(slopes({ slopes: '[[1,-0.5]]' })).toEqual([[1, -0.5]]);
    const told = safetensorsFile(two, { metadata: { slopes: '[[1,-0.5]]' } });
    expect(readSafetensors(told).assumed).toEqual([]);
  });

  const one = matrix(1, 1);
  const wrong: [what: string, file: Uint8Array, says: RegExp][] = [
    ['nothing', new Uint8Array(), /ends before the header/],
    ['half a length', new Uint8Array(5), /ends before the header/],
    ['an empty header', new Uint8Array(8), /header that is not of the safetensors format/],
    ['a list as a header', safetensorsFile({}, { header: '[]' }), /header that is not of/],
    [
      'a header that goes on',
      safetensorsFile({ weight: one }).subarray(0, 40),
      /ends within the h/,
    ],
    ['a huge header', Uint8Array.of(0, 0, 0, 0, 1, 0, 0, 0, 0x7b), /4294967296 bytes; .* at most/],
    ['a header that is no JSON', safetensorsFile({}, { header: '{"a":}' }), /is not JSON/],
    ['a name twice', safetensorsFile({}, { header: '{"a":1,"a":2}' }), /the key "a" twice/],
    ['a header that is no UTF-8', Uint8Array.of(2, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0xff), /not UTF-8/],
    ['no tensors', safetensorsFile({}), /holds no tensor that is called "weight"/],
    [
      'a tensor that is null',
      safetensorsFile({}, { header: '{"weight":null}' }),
      /needs a "shape"/,
    ],
    ['bytes behind', safetensorsFile({ weight: one }, { tail: [0] }), /has 9 bytes of data/],
    ['bytes missing', safetensorsFile({ weight: one }).subarray(0, -1), /has 7 bytes of data/],
    [
      'tensors that overlap',
      safetensorsFile({ weight: one, bias: { ...vector(1), data_offsets: [0, 8] } }),
      /"bias" begins at byte 0 of the data, where byte 8 is next|"weight" begins at byte 0/,
    ],
    [
      'a shape that does not fit its bytes',
      safetensorsFile({ weight: { ...one, shape: [1, 2] } }),
      /"weight" has 8 bytes for 2 numbers of 8/,
    ],
    [
      'a shape beyond all numbers',
      safetensorsFile({ weight: { ...one, shape: [2 ** 52, 2 ** 52, 2 ** 52] } }),
      /"weight" has 8 bytes for/,
    ],
    ['a negative length', safetensorsFile({ weight: { ...one, shape: [-1, -1] } }), /a "shape"/],
    ['one offset', safetensorsFile({ weight: { ...one, data_offsets: [0] } }), /needs "data_offs/],
    [
      'whole numbers',
      safetensorsFile({ weight: { ...one, dtype: 'I64' } }),
      /"I64": F64, F32, F16/,
    ],
    ['a type of its own', safetensorsFile({ weight: { ...one, dtype: 'toString' } }), /are read/],
    ['no type', safetensorsFile({ weight: { shape: [1, 1], bytes: f64(1) } }), /no "dtype"/],
    ['NaN', safetensorsFile({ weight: { ...one, bytes: f64(Number.NaN) } }), /finite numbers/],
    ['an image', safetensorsFile({ weight: { ...one, shape: [1, 1, 1] } }), /is not a matrix/],
    ['a number alone', safetensorsFile({ weight: { ...one, shape: [] } }), /is not a matrix/],
    ['no rows', safetensorsFile({ weight: { dtype: 'F64', shape: [0, 2] } }), /is not a matrix/],
    ['no columns', safetensorsFile({ weight: { dtype: 'F64', shape: [2, 0] } }), /are empty/],
    ['batch norm', safetensorsFile({ weight: one, 'bn.running_mean': vector(1) }), /fold it into/],
    ['another tensor', safetensorsFile({ weight: one, scale: vector(1) }), /unknown key "scale"/],
    [
      'sizes that do not fit',
      safetensorsFile({ '0.weight': matrix(2, 2), '1.weight': matrix(1, 3) }),
      /"1" takes 3 inputs but "0" has 2 neurons/,
    ],
    [
      'notes that are no text',
      safetensorsFile({ weight: one }, { metadata: { a: 1 } }),
      /"__metadata__" must be an object of strings/,
    ],
    [
      'an unknown activation',
      safetensorsFile({ weight: one }, { metadata: { activation: 'tanh' } }),
      /"activation" must be .*, not "tanh"/,
    ],
    [
      'a slope that is none',
      safetensorsFile({ weight: one }, { metadata: { negativeSlope: 'steep' } }),
      /"negativeSlope" must be a number/,
    ],
    [
      'slopes of too few layers',
      safetensorsFile({ weight: one }, { metadata: { slopes: '[[1]]' } }),
      /a list of 0 lists/,
    ],
    [
      'slopes that are no JSON',
      safetensorsFile({ weight: one }, { metadata: { slopes: '[' } }),
      /"slopes" in the metadata/,
    ],
  ];
  it.each(wrong)('refuses %s in one sentence', async (_, file, says) => {
    expect(() => readSafetensors(file)).toThrow(InputError);
    const { code, error } = await run(['count', 'net.safetensors'], { 'net.safetensors': file });
    expect(error).toMatch(says);
    expect(error).toMatch(/^reluscope: net\.safetensors: [^\n]{1,250}\n$/);
    expect(code).toBe(2);
  });
});

describe('a network as a safetensors file', () => {
  it('has names that nn.Sequential takes, an aligned start, and notes that PyTorch takes', () => {
    const map = (inputs: number, outputs: number) => ({
      inputs,
      outputs,
      weights: new Float64Array(inputs * outputs).fill(1),
      biases: new Float64Array(outputs),
    });
    const file = writeSafetensors(createModel([map(2, 3), map(3, 1)], 0.1));
    const length = Number(new DataView(file.buffer).getBigUint64(0, true));
    expect((8 + length) % 8).toBe(0);
    expect(JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length)))).toEqual({
      __metadata__: { format: 'pt', activation: 'leaky-relu', negativeSlope: '0.1' },
      '0.weight': { dtype: 'F64', shape: [3, 2], data_offsets: [0, 48] },
      '0.bias': { dtype: 'F64', shape: [3], data_offsets: [48, 72] },
      '2.weight': { dtype: 'F64', shape: [1, 3], data_offsets: [72, 96] },
      '2.bias': { dtype: 'F64', shape: [1], data_offsets: [96, 104] },
    });
    expect(file.length).toBe(8 + length + 104);
  });

  it.each(cases)('gives the same counts as the JSON: $name', async ({ path }) => {
    const { net } = await readNetwork(path, nodeIo);
    const files = {
      'net.bin': writeSafetensors(net),
      'net.json': JSON.stringify(networkToJson(net)),
    };
    const counts = async (name: string) => {
      const { ms: _, ...rest } = (await answer(['count', name], files)) as Record<string, unknown>;
      return rest;
    };
    expect(await counts('net.bin')).toEqual(await counts('net.json'));
    const {
      ms: _,
      assumed: __,
      ...original
    } = (await answer(['count', path])) as Record<string, unknown>;
    expect(await counts('net.bin')).toEqual(original);
  });
});
