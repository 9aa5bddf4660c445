import { describe, expect, it } from 'vitest';
import {
  NETWORK_LIMITS,
  networkFromJson,
  networkToJson,
  readNetworkJson,
} from '../../../src/model/json.ts';
import type { Model } from '../../../src/model/model.ts';

const first = {
  W: [
    [1, 0],
    [0, 1],
    [1, 1],
  ],
  b: [1, 2, 3],
};
const second = {
  W: [
    [1, 2, 3],
    [4, 5, 6],
  ],
  b: [0, 0],
};
const last = { W: [[1, -1]], b: [0.5] };

/** A file whose layers also say these things. */
const file = (more: object = {}, ...each: object[]) => ({
  layers: [first, second, last].map((layer, k) => ({ ...layer, ...each[k] })),
  ...more,
});
const none = {};
const all = (slope: number): number[] => [slope, slope, slope];
const pair = (slope: number): number[] => [slope, slope];
const slopesOf = (net: Model): number[][] => net.hidden.map(({ slopes }) => Array.from(slopes));

describe('keys of a network file that are not known', () => {
  it.each<[what: object, says: RegExp]>([
    [file({ activaton: 'relu' }), /^unknown key "activaton": did you mean "activation"\?$/],
    [file({ Activation: 'relu' }), /unknown key "Activation": did you mean "activation"/],
    [file({ negativeslope: 0.5 }), /unknown key "negativeslope": did you mean "negativeSlope"/],
    [file({ slope: 0.5 }), /unknown key "slope": did you mean "negativeSlope"/],
    [file({ alhpa: 0.5 }), /unknown key "alhpa": did you mean "alpha"/],
    [file({ dropout: 0.5 }), /unknown key "dropout": known are "layers", "activation", "negati/],
    [{ layer: [first] }, /unknown key "layer": did you mean "layers"/],
    [{ state_dict: {} }, /unknown key "state_dict": did you mean what it holds, without anything/],
    [file(none, { w: 1 }), /^layer 1: unknown key "w": did you mean "W"\?$/],
    [file(none, none, { weights: [[1]] }), /layer 2: unknown key "weights": did you mean "W"/],
    [file(none, { kernel: [[1]] }), /layer 1: unknown key "kernel": .* the transpose of a kernel/],
    [file(none, none, none, { bias: 1 }), /layer 3: unknown key "bias": did you mean "b"/],
    [file(none, { actvation: 'tanh' }), /layer 1: unknown key "actvation": did you mean "activ/],
    [file(none, { units: 3 }), /layer 1: unknown key "units": known are "W", "b", "activation"/],
    [JSON.parse('{"layers":[],"__proto__":1}'), /needs a non-empty list/],
    [JSON.parse('{"layers":[{"W":[[1]],"b":[0],"constructor":1}]}'), /unknown key "constructor"/],
  ])('are named: %#', (value, says) => {
    expect(() => networkFromJson(value)).toThrow(says);
  });

  it('are notes where their names say so', () => {
    const notes = { name: 'a', note: 1, meta: {}, expect: [], hand: 0, _seed: 3, $schema: '' };
    expect(networkFromJson(file(notes, notes, none, { comment: 'out' }))).toEqual(
      networkFromJson(file()),
    );
  });
});

describe('the activation of a network file', () => {
  it.each<[what: object, slope: number]>([
    [file(), 0],
    [file({ activation: 'ReLU' }), 0],
    [file({ activation: 'relu', alpha: 0 }), 0],
    [file({ activation: 'leaky-relu', negative_slope: 0.5 }), 0.5],
    [file({ activation: 'LeakyReLU', alpha: 0.25 }), 0.25],
    [file({ negative_slope: 0.5 }), 0.5],
    [file({ negative_slope: 0.5, alpha: 0.5, negativeSlope: 0.5 }), 0.5],
    [file(none, { activation: 'relu' }, { activation: 'relu' }), 0],
    [file(none, { activation: 'relu' }, { activation: 'relu' }, { activation: 'linear' }), 0],
    [file({ activation: 'relu' }, none, none, { activation: 'none' }), 0],
    [file(none, none, none, { activation: 'identity' }), 0],
    [file(none, none, none, { activation: null }), 0],
    [file(none, { negative_slope: 0.1 }, { activation: 'leaky_relu', alpha: 0.1 }), 0.1],
    [file({ alpha: 0.1 }, { activation: 'leaky_relu' }, none), 0.1],
    [{ layers: [last], activation: 'linear' }, 0],
  ])('is read in the spellings of other tools, and layer by layer: %#', (value, slope) => {
    const { net, assumed } = readNetworkJson(value);
    expect(slopesOf(net)).toEqual(net.hidden.map(({ outputs }) => Array(outputs).fill(slope)));
    expect(assumed).toEqual([]);
  });

  it.each<[what: object, says: RegExp]>([
    [
      file({ activation: 'tanh' }),
      /^"activation" must be "relu", "leaky-relu", "abs" or "linear", not "tanh"$/,
    ],
    [file({ activation: ['relu'] }), /"activation" must be "relu", .*, not a list/],
    [file({ activation: {} }), /"activation" must be .*, not an object/],
    [file({ activation: 'linear' }), /without one the whole network is affine/],
    [file({ activation: null }), /without one the whole network is affine/],
    [file({ activation: 'relu', alpha: 0.1 }), /"alpha" goes with "activation": "leaky-relu"/],
    [file({ negativeSlope: 0.5, alpha: 0.1 }), /"negativeSlope" is 0\.5, but "alpha" is 0\.1/],
    [file({ negative_slope: 1 }), /"negative_slope" must be a number between 0 and 1/],
    [file({ alpha: '0.1' }), /"alpha" must be a number/],
    [file({ alpha: null }), /"alpha" must be a number/],
    [file(none, { activation: 'tanh' }), /^layer 1: "activation" must be .*, not "tanh"$/],
    [
      file(none, none, { activation: 'linear' }),
      /^layer 2 has linear, but layer 1 says no "activation": either every hidden layer does, or/,
    ],
    [file(none, { slopes: [0, 0, 0] }), /^layer 1 has "slopes", but layer 2 says no "activation"/],
    [
      file(none, none, none, { activation: 'relu' }),
      /layer 3 has relu, but the last layer is linear: add one after it whose matrix is the id/,
    ],
    [file(none, none, none, { activation: 'softmax' }), /layer 3: "activation" must be/],
    [file(none, none, none, { alpha: 0.1 }), /layer 3 has leaky-relu, but the last layer is/],
    [
      file(none, { alpha: 0.1 }),
      /^layer 1 has leaky-relu with the slope 0\.1, but layer 2 says no "activation": either every/,
    ],
    [
      file({ activation: 'relu' }, none, { activation: null }),
      /layer 2 has "activation": "linear", b/,
    ],
    [
      file({ activation: 'relu' }, none, { activation: 'abs' }),
      /layer 2 has "activation": "abs", but/,
    ],
    [file({ activation: 'abs', alpha: 0 }), /^"alpha" goes with "activation": "leaky-relu"$/],
    [
      file(none, none, none, { activation: 'abs' }),
      /^layer 3 has abs, but the last layer is linear/,
    ],
    [file({ activation: 'relu' }, { alpha: 0.1 }), /layer 1 has "activation": "leaky-relu", but/],
    [file({ alpha: 0.2 }, { alpha: 0.1 }), /layer 1 has the slope 0\.1, but the file as a whole 0/],
  ])('is refused where the engine cannot do it: %#', (value, says) => {
    expect(() => networkFromJson(value)).toThrow(says);
  });

  it.each<[what: object, slopes: [number[], number[]]]>([
    [file({ activation: 'abs' }), [all(-1), pair(-1)]],
    [file({ activation: 'ABS' }, { activation: 'abs' }), [all(-1), pair(-1)]],
    [file(none, { activation: 'abs' }, { activation: 'relu' }), [all(-1), pair(0)]],
    [file(none, { activation: 'identity' }, { activation: 'relu' }), [all(1), pair(0)]],
    [file(none, { activation: 'none' }, { activation: null }), [all(1), pair(1)]],
    [file(none, { alpha: 0.1 }, { alpha: 0.2 }), [all(0.1), pair(0.2)]],
    [file(none, { alpha: 0.1 }, { activation: 'leaky-relu' }), [all(0.1), pair(0.01)]],
    [
      file(none, { slopes: [0, 1, -1] }, { slopes: [0.5, -0.25] }),
      [
        [0, 1, -1],
        [0.5, -0.25],
      ],
    ],
    [file(none, { slopes: [-0, 0, 0] }, { activation: 'relu' }), [all(0), pair(0)]],
    [file({ activation: 'relu' }, { slopes: [0, 0, 0] }), [all(0), pair(0)]],
    [file({ activation: 'abs' }, none, { slopes: [-1, -1] }), [all(-1), pair(-1)]],
    [
      file({ activation: 'leaky-relu' }, { slopes: [0.1, 0.2, 0.3] }),
      [[0.1, 0.2, 0.3], pair(0.01)],
    ],
    [file({ alpha: 0.5 }, { activation: 'leaky-relu', slopes: all(0.5) }), [all(0.5), pair(0.5)]],
    [
      file(
        none,
        { activation: 'relu', slopes: all(0) },
        { activation: null, slopes: [1, 1] },
        { slopes: [1] },
      ),
      [all(0), pair(1)],
    ],
  ])('may differ from layer to layer and from neuron to neuron: %#', (value, slopes) => {
    expect(slopesOf(networkFromJson(value))).toEqual(slopes);
  });

  it.each<[what: object, says: RegExp]>([
    [file(none, { slopes: 0.5 }), /^layer 1: "slopes" must be a list of numbers from -1 to 1$/],
    [file(none, { slopes: [0, '1', 0] }), /^layer 1: "slopes" must be a list of numbers from -1/],
    [file(none, { slopes: [0, 1.5, 0] }), /^layer 1: "slopes" must be a list of numbers from -1/],
    [file(none, { slopes: [0, Number.NaN, 0] }), /^layer 1: "slopes" must be a list of numbers/],
    [file(none, { slopes: [0, 1] }), /^layer 1: "slopes" has 2 entries for 3 neurons$/],
    [file(none, none, { slopes: [] }), /^layer 2: "slopes" has 0 entries for 2 neurons$/],
    [
      file(none, { activation: 'relu', slopes: [0, 0, 0.5] }),
      /^layer 1: "slopes" has 0\.5, but "activation" is "relu"$/,
    ],
    [
      file(none, { activation: null, slopes: all(0) }),
      /^layer 1: "slopes" has 0, but "act.* "linear"$/,
    ],
    [
      file(none, { activation: 'abs', slopes: all(1) }),
      /^layer 1: "slopes" has 1, but "act.* "abs"$/,
    ],
    [
      file(none, { activation: 'leaky-relu', slopes: all(-1) }),
      /^layer 1: "slopes" has -1, but "activation" is "leaky-relu"$/,
    ],
    [
      file(none, { activation: 'leaky-relu', alpha: 0.5, slopes: all(0.25) }),
      /^layer 1: "slopes" has 0\.25, but "activation" is "leaky-relu" with the slope 0\.5$/,
    ],
    [
      file(none, { alpha: 0.5, slopes: all(0.25) }),
      /^layer 1: "slopes" has 0\.25, but "alpha" is 0\.5$/,
    ],
    [
      file({ activation: 'relu' }, none, { slopes: [0, -1] }),
      /^layer 2 has the slope -1, but the file as a whole "relu"$/,
    ],
    [
      file({ alpha: 0.5 }, { slopes: all(0.25) }),
      /^layer 1 has the slope 0\.25, but the file as a whole 0\.5$/,
    ],
    [
      file({ activation: 'relu' }, none, none, { slopes: [0] }),
      /^layer 3 has "slopes" other than 1, but the last layer is linear: add one after it whose/,
    ],
    [
      file({ slopes: [0] }),
      /^unknown key "slopes": did you mean "slopes" of a layer, one for each/,
    ],
  ])('is refused where it is malformed or contradicts itself: %#', (value, says) => {
    expect(() => networkFromJson(value)).toThrow(says);
  });

  it.each<[what: object, written: object]>([
    [file({ activation: 'relu' }), file({ activation: 'relu' })],
    [file({ alpha: 0.5 }), file({ activation: 'leaky-relu', negativeSlope: 0.5 })],
    [file(none, { slopes: all(-1) }, { activation: 'abs' }), file({ activation: 'abs' })],
    [
      file(none, { slopes: all(1) }, { slopes: [1, 1] }),
      file(none, { activation: 'linear' }, { activation: 'linear' }),
    ],
    [
      file(none, { slopes: all(0.5) }, { slopes: [0, 1] }),
      file(none, { activation: 'leaky-relu', negativeSlope: 0.5 }, { slopes: [0, 1] }),
    ],
    [
      file(none, { slopes: all(-0.5) }, { slopes: [-0.5, -0.5] }),
      file(none, { slopes: all(-0.5) }, { slopes: [-0.5, -0.5] }),
    ],
    [{ layers: [last] }, { layers: [last], activation: 'relu' }],
  ])('is written in the simplest form: %#', (value, written) => {
    expect(networkToJson(networkFromJson(value))).toEqual(written);
  });

  it('says that the slope of leaky ReLU was assumed, where it was', () => {
    const { net, assumed } = readNetworkJson(file({ activation: 'leaky_relu' }));
    expect(slopesOf(net)).toEqual([Array(3).fill(0.01), Array(2).fill(0.01)]);
    expect(assumed).toEqual(['negativeSlope 0.01']);
  });
});

describe('the matrices of a network file', () => {
  it('may have no biases', () => {
    const [plain, zero] = [{ W: first.W }, { ...second, b: null }];
    const { layers } = networkFromJson({ layers: [plain, zero, last] });
    expect(layers.map(({ biases }) => [...biases])).toEqual([[0, 0, 0], [0, 0], [0.5]]);
  });

  const transposed = (W: number[][]) => W[0].map((_, i) => W.map((row) => row[i]));

  it('are said to be transposed where their transposes would fit', () => {
    const keras = [first, second, last].map(({ W, b }) => ({ W: transposed(W), b }));
    expect(() => networkFromJson({ layers: keras })).toThrow(
      /^layer 1: "b" has 3 entries for 2 neurons; transposed, the matrices would fit: .* in Keras/,
    );
    const bare = keras.map(({ W }) => ({ W }));
    expect(() => networkFromJson({ layers: bare })).toThrow(
      /^layer 3 takes 1 input but layer 2 has 3 neurons; transposed, the matrices would fit/,
    );
  });

  it('are not said to be transposed where that would not help', () => {
    expect(() => networkFromJson({ layers: [first, last] })).toThrow(
      /^layer 2 takes 2 inputs but layer 1 has 3 neurons$/,
    );
    expect(() => networkFromJson({ layers: [{ ...first, b: [1] }] })).toThrow(
      /^layer 1: "b" has 1 entry for 3 neurons$/,
    );
  });

  it('have limits', () => {
    const deep = Array.from({ length: NETWORK_LIMITS.layers + 1 }, () => ({ W: [[1]] }));
    expect(() => networkFromJson({ layers: deep })).toThrow(
      /^the network has more than 1024 layers$/,
    );
    expect(networkFromJson({ layers: deep.slice(1) }).layers).toHaveLength(1024);
    const rows = Array.from({ length: NETWORK_LIMITS.neurons }, () => [1]);
    expect(() => networkFromJson({ layers: [{ W: [...rows, [1]] }] })).toThrow(
      /^the network has more than 65536 neurons$/,
    );
    expect(networkFromJson({ layers: [{ W: rows }] }).layers[0].outputs).toBe(65536);
    const wide = new Array(2 ** 12 + 1).fill(new Array(2 ** 12).fill(0));
    expect(() => networkFromJson({ layers: [{ W: wide }] })).toThrow(
      /^the network has more than 16777216 weights$/,
    );
  });
});

describe('a state_dict', () => {
  const named = (...names: string[]) =>
    Object.fromEntries(
      names.flatMap((name, k) => [
        [`${name}.weight`, [first, second, last][k].W],
        [`${name}.bias`, [first, second, last][k].b],
      ]),
    );

  it.each([
    ['0', '2', '4'],
    ['fc1', 'fc2', 'fc3'],
    ['layers.0', 'layers.1', 'layers.2'],
    ['module.net.0.lin', 'module.net.1.lin', 'module.net.2.lin'],
    ['block1.lin0', 'block1.lin1', 'block2.lin0'],
  ])('is read, with the activation said to be assumed: %s, …', (...names) => {
    const { net, assumed } = readNetworkJson(named(...names));
    expect(net).toEqual(networkFromJson(file()));
    expect(assumed).toEqual(['activation relu']);
  });

  it('has its layers in the order of their numbers, whatever that of the file', () => {
    const square = (v: number) => [
      [v, 0],
      [0, v],
    ];
    const value = { '10.weight': square(3), '2.weight': square(2), '0.weight': square(1) };
    expect(networkFromJson(value).layers.map(({ weights }) => weights[0])).toEqual([1, 2, 3]);
  });

  it('has its layers in the order of the file where names do not tell, and says so', () => {
    const { net, assumed } = readNetworkJson(named('input', 'hidden', 'out'));
    expect(net).toEqual(networkFromJson(file()));
    expect(assumed).toEqual(['layers in the order input, hidden, out', 'activation relu']);
  });

  it('may have notes that are text, but no numbers that are taken for notes', () => {
    const notes = { _by: 'hand', name: 'net', meta: { epoch: 3 } };
    expect(networkFromJson({ ...named('0', '2', '4'), ...notes })).toEqual(networkFromJson(file()));
  });

  it('may say its activation, lack biases and be a single layer', () => {
    const { net, assumed } = readNetworkJson({ ...named('0', '2', '4'), negative_slope: 0.2 });
    expect(slopesOf(net)).toEqual(net.hidden.map(({ outputs }) => Array(outputs).fill(0.2)));
    expect(assumed).toEqual([]);
    expect(readNetworkJson({ weight: [[1, 2]] })).toEqual({
      net: networkFromJson({ layers: [{ W: [[1, 2]], b: [0] }] }),
      assumed: [],
    });
  });

  it.each<[what: object, says: RegExp]>([
    [{ ...named('0', '2', '4'), '1.running_mean': [0] }, /"1\.running_mean": batch normalisation/],
    [{ ...named('0', '2', '4'), '0.weight_g': [0] }, /"0\.weight_g": save the weights without/],
    [{ '0.weight_g': [[1]], '0.weight_v': [[1, 1]] }, /"0\.weight_g": save the weights without/],
    [
      { '0.parametrizations.weight.original0': [[1]] },
      /original0": save the weights without their parametrization/,
    ],
    [{ ...named('0', '2', '4'), '0.weight_mask': [[1]] }, /weight_mask": save the weights without/],
    [{ ...named('0', '2', '4'), _scale: [2] }, /unknown key "_scale": .* only notes that are text/],
    [{ ...named('0', '2', '4'), name: 2 }, /unknown key "name": .* only notes that are text/],
    [{ ...named('0', '2', '4'), '6.wieght': [[1]] }, /"6\.wieght": did you mean "6\.weight"/],
    [{ ...named('0', '2', '4'), epoch: 3 }, /unknown key "epoch": known are/],
    [{ ...named('0', '2', '4'), '1.weight': [1, 1, 1] }, /"1\.weight" is not a matrix: only fully/],
    [{ ...named('0', '2', '4'), '1.weight': [[[1]]] }, /"1\.weight" is not a matrix/],
    [{ ...named('0', '2', '4'), '1.bias': [1] }, /"1\.bias" needs "1\.weight", which is missing/],
    [
      {
        ...named('0', '2', '4'),
        '2.weight': [
          [1, 2],
          [3, 4],
        ],
      },
      /"2" takes 2 inputs but "0" has 3/,
    ],
    [
      {
        ...named('0', '2', '4'),
        '2.weight': [
          [1, 2, 3],
          [4, 5],
        ],
      },
      /row 2 of "2\.weight" has 2 ent/,
    ],
    [{ ...named('0', '2', '4'), activation: 'gelu' }, /"activation" must be/],
  ])('is refused where it is something else: %#', (value, says) => {
    expect(() => networkFromJson(value)).toThrow(says);
  });
});
