import { excerpt, InputError, quoted } from '../errors.ts';

/** Spellings of the slope of leaky ReLU: ours, PyTorch's and newer Keras's, older Keras's. */
export const SLOPE_KEYS = ['negativeSlope', 'negative_slope', 'alpha'] as const;

/** PyTorch's. */
const DEFAULT_LEAKY_SLOPE = 0.01;

type Kind = 'relu' | 'leaky-relu' | 'linear';

const KINDS: Readonly<Record<string, Kind>> = {
  relu: 'relu',
  leakyrelu: 'leaky-relu',
  linear: 'linear',
  identity: 'linear',
  none: 'linear',
};

/** What a file, or one of its layers, says about an activation. */
export interface Stated {
  readonly kind: Kind | undefined;
  readonly slope: number | undefined;
}

/** Reads "activation" and the slope beside it; `where` begins messages: "layer 2: ". */
export function readStated(object: Record<string, unknown>, where = ''): Stated {
  const kind = readKind(object.activation, where);
  const given = SLOPE_KEYS.filter((key) => object[key] !== undefined);
  const slopes = given.map((key) => {
    const slope = object[key];
    if (typeof slope !== 'number' || !(slope >= 0 && slope < 1))
      throw new InputError(`${where}"${key}" must be a number between 0 and 1, both excluded`);
    return slope;
  });
  const other = slopes.findIndex((slope) => slope !== slopes[0]);
  if (other > 0)
    throw new InputError(
      `${where}"${given[0]}" is ${slopes[0]}, but "${given[other]}" is ${slopes[other]}`,
    );
  const [slope] = slopes;
  if (kind === 'leaky-relu' && slope === 0)
    throw new InputError(`${where}"${given[0]}" must be a number between 0 and 1, both excluded`);
  if (kind !== 'leaky-relu' && kind !== undefined && slope !== undefined && slope !== 0)
    throw new InputError(`${where}"${given[0]}" goes with "activation": "leaky-relu"`);
  return { kind: kind ?? (slope ? 'leaky-relu' : undefined), slope };
}

function readKind(value: unknown, where: string): Kind | undefined {
  if (value === undefined) return undefined;
  if (value === null) return 'linear';
  const plain = typeof value === 'string' ? value.toLowerCase().replace(/[-_ ]/g, '') : '';
  if (Object.hasOwn(KINDS, plain)) return KINDS[plain];
  throw new InputError(
    `${where}"activation" must be "relu" or "leaky-relu", not ${describe(value)}`,
  );
}

const describe = (value: unknown): string => {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'object') return Array.isArray(value) ? 'a list' : 'an object';
  return excerpt(String(value));
};

/**
 * The slope on negative pre-activations that all hidden layers share, 0 for ReLU, from what the file says for all and
 * each layer for itself (the last one is linear). What the file does not say is added to `assumed`.
 * Throws `InputError` for what the engine cannot do: other functions, several of them, one after the last layer.
 */
export function commonSlope(
  file: Stated,
  layers: readonly Stated[],
  names: readonly string[],
  assumed: string[],
): number {
  const last = layers.length - 1;
  if (layers[last].kind !== undefined && layers[last].kind !== 'linear')
    throw new InputError(
      `${names[last]} has ${layers[last].kind}, but the last layer is linear: add one after it whose matrix is the identity`,
    );
  if (file.kind === 'linear' && last > 0)
    throw new InputError(
      '"activation" must be "relu" or "leaky-relu": without one the whole network is affine',
    );
  const hidden = layers
    .slice(0, last)
    .map((layer, k) => hiddenSlope(file, layer, names[k], assumed));
  const other = hidden.findIndex((slope) => slope !== hidden[0]);
  if (other > 0)
    throw new InputError(
      `${names[0]} has ${nameOf(hidden[0])}, but ${names[other]} has ${nameOf(hidden[other])}: all hidden layers need the same activation`,
    );
  if (last > 0) return hidden[0];
  return file.kind === 'leaky-relu' ? (file.slope ?? DEFAULT_LEAKY_SLOPE) : 0;
}

function hiddenSlope(file: Stated, layer: Stated, name: string, assumed: string[]): number {
  if (layer.kind === 'linear')
    throw new InputError(
      `${name} is a hidden layer without activation, which is not read: multiply it into the next one`,
    );
  if (layer.kind !== undefined && file.kind !== undefined && layer.kind !== file.kind)
    throw new InputError(
      `${name} has "activation": "${layer.kind}", but the file as a whole "${file.kind}"`,
    );
  if ((layer.kind ?? file.kind) !== 'leaky-relu') return 0;
  if (layer.slope !== undefined && file.slope !== undefined && layer.slope !== file.slope)
    throw new InputError(
      `${name} has the slope ${layer.slope}, but the file as a whole ${file.slope}`,
    );
  const slope = layer.slope ?? file.slope;
  const standard = `negativeSlope ${DEFAULT_LEAKY_SLOPE}`;
  if (slope === undefined && !assumed.includes(standard)) assumed.push(standard);
  return slope ?? DEFAULT_LEAKY_SLOPE;
}

const nameOf = (slope: number): string =>
  slope === 0 ? 'relu' : `leaky-relu with the slope ${slope}`;
