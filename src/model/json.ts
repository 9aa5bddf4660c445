import { counted, InputError } from '../errors.ts';
import {
  type ActivationJson,
  hiddenSlopes,
  readStated,
  SLOPE_KEYS,
  type Stated,
  statedSlopes,
} from './activation.ts';
import { requireKnownKeys } from './keys.ts';
import { type AffineMap, createModel, type Model } from './model.ts';
import { isStateDict, type RawLayer, stateDictLayers } from './stateDict.ts';

/**
 * The file format: `{"layers":[{"W":[[… out × in]],"b":[…]}, …],"activation":"relu"}`, the last layer linear. Hidden
 * layers with different activations each state their own.
 */
export interface NetworkJson extends Omit<ActivationJson, 'slopes'> {
  layers: ({ W: number[][]; b: number[] } & ActivationJson)[];
}

/**
 * Limits on what is read: beyond them the regions would take more memory than there is, and the integers that decide
 * exactly, which grow by 53 bits and more with every layer, more time than anybody has.
 */
export const NETWORK_LIMITS = { layers: 2 ** 10, neurons: 2 ** 16, weights: 2 ** 24 } as const;

/** A network, and what was assumed because its file does not say it: "activation relu". */
export interface ReadNetwork {
  readonly net: Model;
  readonly assumed: readonly string[];
}

/**
 * Reads a network from parsed JSON: our format (see docs/cli.md) or a `state_dict` of PyTorch. Throws `InputError`
 * naming the layer and row that is wrong, or the unknown key; only notes are ignored.
 */
export function readNetworkJson(value: unknown): ReadNetwork {
  const file = record(value, 'the network file must hold one JSON object');
  const assumed: string[] = [];
  if (isStateDict(file)) return fromStateDict(stateDictLayers(file, assumed), file, assumed);
  return networkOf(ourLayers(file), readStated(file), assumed);
}

/**
 * The network of a `state_dict`, which does not contain its activation.
 *
 * @param said where a file may say it: "activation" and a slope
 */
export function fromStateDict(
  raw: readonly RawLayer[],
  said: Record<string, unknown>,
  assumed: string[],
): ReadNetwork {
  const whole = readStated(said);
  const read = networkOf(raw, whole, assumed);
  const silent = raw.some(({ stated }, k) => k < raw.length - 1 && stated.slopes === undefined);
  if (whole.kind === undefined && silent) assumed.push('activation relu');
  return read;
}

function networkOf(raw: readonly RawLayer[], whole: Stated, assumed: string[]): ReadNetwork {
  const layers = readLayers(raw);
  const slopes = hiddenSlopes(
    whole,
    raw.map(({ name, stated }, k) => ({ name, stated, width: layers[k].outputs })),
    assumed,
  );
  return { net: createModel(layers, slopes), assumed };
}

/** The network alone: see `readNetworkJson`. */
export const networkFromJson = (value: unknown): Model => readNetworkJson(value).net;

/** Reads back to the same model. */
export function networkToJson(net: Model): NetworkJson {
  const stated = statedSlopes(net.hidden.map(({ slopes }) => slopes));
  const layers = net.layers.map(({ inputs, outputs, weights, biases }, k) => ({
    W: Array.from({ length: outputs }, (_, j) =>
      Array.from(weights.subarray(j * inputs, (j + 1) * inputs)),
    ),
    b: Array.from(biases),
    ...stated.layers[k],
  }));
  return { layers, ...stated.file };
}

function record(value: unknown, complaint: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new InputError(complaint);
  return value as Record<string, unknown>;
}

function ourLayers(file: Record<string, unknown>): RawLayer[] {
  requireKnownKeys(file, ['layers', 'activation', ...SLOPE_KEYS], {
    slope: '"negativeSlope"',
    slopes: '"slopes" of a layer, one for each of its neurons',
    leak: '"negativeSlope"',
    activations: '"activation"',
    activationfunction: '"activation"',
    nonlinearity: '"activation"',
    network: '"layers"',
    statedict: 'what it holds, without anything around it',
    modelstatedict: 'what it holds, without anything around it',
  });
  if (!Array.isArray(file.layers) || file.layers.length === 0)
    throw new InputError('the network file needs a non-empty list "layers"');
  return file.layers.map((value: unknown, k) => {
    const name = `layer ${k + 1}`;
    const layer = record(value, `${name} must be an object with "W" and "b"`);
    requireKnownKeys(
      layer,
      ['W', 'b', 'activation', ...SLOPE_KEYS, 'slopes'],
      {
        weight: '"W"',
        weights: '"W"',
        matrix: '"W"',
        kernel: '"W", which is the transpose of a kernel (a row per neuron)',
        bias: '"b"',
        biases: '"b"',
        act: '"activation"',
        nonlinearity: '"activation"',
        slope: '"negativeSlope"',
      },
      `${name}: `,
    );
    return {
      name,
      matrixName: `${name}: "W"`,
      biasName: `${name}: "b"`,
      matrix: layer.W,
      bias: layer.b,
      stated: readStated(layer, `${name}: `),
    };
  });
}

function readLayers(raw: readonly RawLayer[]): AffineMap[] {
  if (raw.length > NETWORK_LIMITS.layers)
    throw new InputError(`the network has more than ${NETWORK_LIMITS.layers} layers`);
  let neurons = 0;
  let weights = 0;
  const matrices = raw.map((layer) => {
    if (!Array.isArray(layer.matrix) || layer.matrix.length === 0)
      throw new InputError(`${layer.matrixName} must be a non-empty list of rows`);
    neurons += layer.matrix.length;
    if (neurons > NETWORK_LIMITS.neurons)
      throw new InputError(`the network has more than ${NETWORK_LIMITS.neurons} neurons`);
    const matrix = readMatrix(layer.matrix, layer.matrixName);
    weights += matrix.length * matrix[0].length;
    if (weights > NETWORK_LIMITS.weights)
      throw new InputError(`the network has more than ${NETWORK_LIMITS.weights} weights`);
    return matrix;
  });
  const biases = raw.map(({ bias, biasName }, k) =>
    bias === undefined || bias === null
      ? new Array<number>(matrices[k].length).fill(0)
      : numbers(bias, biasName),
  );
  requireFit(raw, matrices, biases);
  return matrices.map((matrix, k) => ({
    inputs: matrix[0].length,
    outputs: matrix.length,
    weights: Float64Array.from(matrix.flat()),
    biases: Float64Array.from(biases[k]),
  }));
}

/** `layer 2: "W"` → rows of equal length. */
function readMatrix(rows: unknown[], what: string): number[][] {
  // As messages have always said it: `layer 2: row 3 of "W"`.
  const cut = what.lastIndexOf('"', what.length - 2);
  const row = (j: number) => `${what.slice(0, cut)}row ${j + 1} of ${what.slice(cut)}`;
  const matrix = rows.map((values, j) => numbers(values, row(j)));
  const inputs = matrix[0].length;
  if (inputs === 0)
    throw new InputError(`${what.slice(0, cut)}the rows of ${what.slice(cut)} are empty`);
  matrix.forEach((values, j) => {
    if (values.length !== inputs)
      throw new InputError(
        `${row(j)} has ${counted(values.length, 'entry', 'entries')}, row 1 has ${inputs}`,
      );
  });
  return matrix;
}

function numbers(value: unknown, what: string): number[] {
  if (!Array.isArray(value) || !value.every((v) => typeof v === 'number' && Number.isFinite(v)))
    throw new InputError(`${what} must be a list of finite numbers`);
  return value;
}

/** Throws `InputError` unless every layer has as many inputs as the one before has outputs, and a bias per neuron. */
function requireFit(
  raw: readonly RawLayer[],
  matrices: readonly number[][][],
  biases: readonly number[][],
): void {
  const trouble = misfit(raw, matrices, biases);
  if (trouble === undefined) return;
  // A matrix of Keras is [in, out].
  const hint = fitsTransposed(raw, matrices, biases)
    ? '; transposed, the matrices would fit: here they have a row per neuron, in Keras a column'
    : '';
  throw new InputError(trouble + hint);
}

function misfit(
  raw: readonly RawLayer[],
  matrices: readonly number[][][],
  biases: readonly number[][],
): string | undefined {
  for (let k = 0; k < raw.length; k++) {
    const neurons = matrices[k].length;
    if (biases[k].length !== neurons)
      return `${raw[k].biasName} has ${counted(biases[k].length, 'entry', 'entries')} for ${counted(neurons, 'neuron')}`;
  }
  for (let k = 1; k < raw.length; k++) {
    const inputs = matrices[k][0].length;
    if (inputs !== matrices[k - 1].length)
      return `${raw[k].name} takes ${counted(inputs, 'input')} but ${raw[k - 1].name} has ${counted(matrices[k - 1].length, 'neuron')}`;
  }
  return undefined;
}

function fitsTransposed(
  raw: readonly RawLayer[],
  matrices: readonly number[][][],
  biases: readonly number[][],
): boolean {
  return matrices.every((matrix, k) => {
    const { bias } = raw[k];
    const [inputs, outputs] = [matrix.length, matrix[0].length];
    const fits = bias === undefined || bias === null || biases[k].length === outputs;
    return fits && (k === 0 || inputs === matrices[k - 1][0].length);
  });
}
