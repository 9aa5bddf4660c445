import { InputError } from '../errors.ts';
import type { Layer, Network } from './network.ts';

/** The file format: `{"layers":[{"W":[[… out × in]],"b":[…]}, …],"activation":"relu"}`, the last layer linear. */
export interface NetworkJson {
  layers: { W: number[][]; b: number[] }[];
  activation?: 'relu' | 'leaky-relu';
  negativeSlope?: number;
}

const DEFAULT_LEAKY_SLOPE = 0.01;

/** Reads a network from parsed JSON. Throws `InputError` naming the layer and row that is wrong. */
export function networkFromJson(value: unknown): Network {
  const file = record(value, 'the network file must hold one JSON object');
  if (!Array.isArray(file.layers) || file.layers.length === 0)
    throw new InputError('the network file needs a non-empty list "layers"');
  const layers = file.layers.map((layer, k) => readLayer(layer, k + 1));
  for (let k = 1; k < layers.length; k++)
    if (layers[k].inputs !== layers[k - 1].outputs)
      throw new InputError(
        `layer ${k + 1} takes ${layers[k].inputs} inputs but layer ${k} has ${layers[k - 1].outputs} neurons`,
      );
  return { layers, negativeSlope: readSlope(file) };
}

export function networkToJson(net: Network): NetworkJson {
  const layers = net.layers.map(({ inputs, outputs, weights, biases }) => ({
    W: Array.from({ length: outputs }, (_, j) =>
      Array.from(weights.subarray(j * inputs, (j + 1) * inputs)),
    ),
    b: Array.from(biases),
  }));
  return net.negativeSlope === 0
    ? { layers, activation: 'relu' }
    : { layers, activation: 'leaky-relu', negativeSlope: net.negativeSlope };
}

function record(value: unknown, complaint: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new InputError(complaint);
  return value as Record<string, unknown>;
}

function numbers(value: unknown, what: string): number[] {
  if (!Array.isArray(value) || !value.every((v) => typeof v === 'number' && Number.isFinite(v)))
    throw new InputError(`${what} must be a list of finite numbers`);
  return value;
}

function readLayer(value: unknown, at: number): Layer {
  const layer = record(value, `layer ${at} must be an object with "W" and "b"`);
  const rows = layer.W;
  if (!Array.isArray(rows) || rows.length === 0)
    throw new InputError(`layer ${at}: "W" must be a non-empty list of rows`);
  const matrix = rows.map((row, j) => numbers(row, `layer ${at}: row ${j + 1} of "W"`));
  const inputs = matrix[0].length;
  if (inputs === 0) throw new InputError(`layer ${at}: the rows of "W" are empty`);
  matrix.forEach((row, j) => {
    if (row.length !== inputs)
      throw new InputError(
        `layer ${at}: row ${j + 1} of "W" has ${row.length} entries, row 1 has ${inputs}`,
      );
  });
  const biases = numbers(layer.b, `layer ${at}: "b"`);
  if (biases.length !== matrix.length)
    throw new InputError(
      `layer ${at}: "b" has ${biases.length} entries for ${matrix.length} neurons`,
    );
  return {
    inputs,
    outputs: matrix.length,
    weights: Float64Array.from(matrix.flat()),
    biases: Float64Array.from(biases),
  };
}

/** `alpha` is read as another name of `negativeSlope`, and either alone implies leaky ReLU. */
function readSlope(file: Record<string, unknown>): number {
  const given = file.negativeSlope ?? file.alpha;
  const activation = file.activation ?? (given === undefined ? 'relu' : 'leaky-relu');
  if (activation !== 'relu' && activation !== 'leaky-relu')
    throw new InputError('"activation" must be "relu" or "leaky-relu"');
  if (activation === 'relu') {
    if (given !== undefined && given !== 0)
      throw new InputError('"negativeSlope" goes with "activation": "leaky-relu"');
    return 0;
  }
  const slope = given ?? DEFAULT_LEAKY_SLOPE;
  if (typeof slope !== 'number' || !(slope > 0 && slope < 1))
    throw new InputError('"negativeSlope" must be a number between 0 and 1, both excluded');
  return slope;
}
