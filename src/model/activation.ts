import { counted, excerpt, InputError, quoted } from '../errors.ts';

/** Spellings of the slope of leaky ReLU: ours, PyTorch's and newer Keras's, older Keras's. */
export const SLOPE_KEYS = ['negativeSlope', 'negative_slope', 'alpha'] as const;

/** PyTorch's. */
const DEFAULT_LEAKY_SLOPE = 0.01;

type Kind = 'relu' | 'leaky-relu' | 'abs' | 'linear';

const KINDS: Readonly<Record<string, Kind>> = {
  relu: 'relu',
  leakyrelu: 'leaky-relu',
  abs: 'abs',
  linear: 'linear',
  identity: 'linear',
  none: 'linear',
};

/** The slope that a kind stands for; leaky ReLU has one of its own. */
const SLOPES = { relu: 0, abs: -1, linear: 1, 'leaky-relu': undefined } as const;

/** What a file, or one of its layers, says about an activation. */
export interface Stated {
  readonly kind: Kind | undefined;
  /** Of leaky ReLU. */
  readonly slope: number | undefined;
  /** One for every neuron; only a layer says this. */
  readonly slopes: readonly number[] | undefined;
}

/** Reads "activation" and the slopes beside it; `where` begins messages: "layer 2: ". */
export function readStated(object: Record<string, unknown>, where = ''): Stated {
  const kind = readKind(object.activation, where);
  const given = SLOPE_KEYS.filter((key) => object[key] !== undefined);
  const values = given.map((key) => {
    const slope = object[key];
    if (typeof slope !== 'number' || !(slope >= 0 && slope < 1))
      throw new InputError(`${where}"${key}" must be a number between 0 and 1, both excluded`);
    return slope;
  });
  const other = values.findIndex((slope) => slope !== values[0]);
  if (other > 0)
    throw new InputError(
      `${where}"${given[0]}" is ${values[0]}, but "${given[other]}" is ${values[other]}`,
    );
  const [slope] = values;
  if (kind === 'leaky-relu' && slope === 0)
    throw new InputError(`${where}"${given[0]}" must be a number between 0 and 1, both excluded`);
  const zero = slope === 0 && kind !== 'abs';
  if (kind !== 'leaky-relu' && kind !== undefined && slope !== undefined && !zero)
    throw new InputError(`${where}"${given[0]}" goes with "activation": "leaky-relu"`);
  const stated = { kind: kind ?? (slope ? 'leaky-relu' : undefined), slope };
  const slopes = readSlopes(object.slopes, where);
  const odd = slopes?.find((s) => !fits(s, stated));
  if (odd !== undefined) {
    const beside = kind === undefined ? `"${given[0]}" is ${slope}` : `"activation" is "${kind}"`;
    const more = kind === undefined || slope === undefined ? '' : ` with the slope ${slope}`;
    throw new InputError(`${where}"slopes" has ${odd}, but ${beside}${more}`);
  }
  return { ...stated, slopes };
}

function readKind(value: unknown, where: string): Kind | undefined {
  if (value === undefined) return undefined;
  if (value === null) return 'linear';
  const plain = typeof value === 'string' ? value.toLowerCase().replace(/[-_ ]/g, '') : '';
  if (Object.hasOwn(KINDS, plain)) return KINDS[plain];
  throw new InputError(
    `${where}"activation" must be "relu", "leaky-relu", "abs" or "linear", not ${describe(value)}`,
  );
}

const describe = (value: unknown): string => {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'object') return Array.isArray(value) ? 'a list' : 'an object';
  return excerpt(String(value));
};

function readSlopes(value: unknown, where: string): readonly number[] | undefined {
  if (value === undefined) return undefined;
  if (!Array.isArray(value) || !value.every((s) => typeof s === 'number' && s >= -1 && s <= 1))
    throw new InputError(`${where}"slopes" must be a list of numbers from -1 to 1`);
  // A slope of −0 is 0.
  return value.map((s: number) => s + 0);
}

/** Whether a neuron with the slope s may be in what was said for many. */
function fits(s: number, { kind, slope }: Omit<Stated, 'slopes'>): boolean {
  const meant = kind === undefined ? slope : (SLOPES[kind] ?? slope);
  return meant === undefined ? kind === undefined || (s > 0 && s < 1) : s === meant;
}

/** A layer with a name for messages, and as many neurons as `width`. */
interface StatedLayer {
  readonly name: string;
  readonly width: number;
  readonly stated: Stated;
}

/**
 * The slopes of every hidden layer, from what the file says for all and each layer for itself (the last one is linear).
 * What the file does not say is added to `assumed`. Throws `InputError` where the two contradict each other, and for an
 * activation after the last layer.
 */
export function hiddenSlopes(
  file: Stated,
  layers: readonly StatedLayer[],
  assumed: string[],
): Float64Array[] {
  for (const { name, width, stated } of layers)
    if (stated.slopes !== undefined && stated.slopes.length !== width)
      throw new InputError(
        `${name}: "slopes" has ${counted(stated.slopes.length, 'entry', 'entries')} for ${counted(width, 'neuron')}`,
      );
  const hidden = layers.slice(0, -1);
  requireLinear(layers[hidden.length]);
  if (file.kind === 'linear' && hidden.length > 0)
    throw new InputError(
      '"activation" must be "relu", "leaky-relu" or "abs": without one the whole network is affine',
    );
  if (file.kind === undefined) requireAllStated(hidden);
  return hidden.map((layer) => slopesOf(file, layer, assumed));
}

function requireLinear({ name, stated: { kind = 'linear', slopes = [] } }: StatedLayer): void {
  if (kind === 'linear' && slopes.every((s) => s === 1)) return;
  const has = kind === 'linear' ? '"slopes" other than 1' : kind;
  throw new InputError(
    `${name} has ${has}, but the last layer is linear: add one after it whose matrix is the identity`,
  );
}

/** Where one layer has another activation than ReLU, no other may leave open which it has. */
function requireAllStated(hidden: readonly StatedLayer[]): void {
  const silent = hidden.find(
    ({ stated }) => stated.kind === undefined && stated.slopes === undefined,
  );
  const other = hidden.find(
    ({ stated: { kind, slopes } }) => slopes !== undefined || (kind ?? 'relu') !== 'relu',
  );
  if (silent === undefined || other === undefined) return;
  const { kind, slope } = other.stated;
  const has = kind === undefined ? '"slopes"' : named(kind, slope);
  throw new InputError(
    `${other.name} has ${has}, but ${silent.name} says no "activation": either every hidden layer does, or the file does for all`,
  );
}

function slopesOf(file: Stated, { name, width, stated }: StatedLayer, assumed: string[]) {
  const { slopes } = stated;
  if (stated.kind !== undefined && file.kind !== undefined && stated.kind !== file.kind)
    throw new InputError(
      `${name} has "activation": "${stated.kind}", but the file as a whole "${file.kind}"`,
    );
  const kind = stated.kind ?? file.kind ?? 'relu';
  const all = SLOPES[kind] ?? stated.slope ?? file.slope;
  const own = slopes ?? [all ?? DEFAULT_LEAKY_SLOPE];
  const odd = own.find((s) => !fits(s, file));
  if (odd !== undefined)
    throw new InputError(
      `${name} has the slope ${odd}, but the file as a whole ${file.slope ?? `"${file.kind}"`}`,
    );
  if (slopes !== undefined) return Float64Array.from(slopes);
  const standard = `negativeSlope ${DEFAULT_LEAKY_SLOPE}`;
  if (all === undefined && !assumed.includes(standard)) assumed.push(standard);
  return new Float64Array(width).fill(own[0]);
}

const named = (kind: Kind, slope: number | undefined): string =>
  slope === undefined || kind !== 'leaky-relu' ? kind : `${kind} with the slope ${slope}`;

/** What a file, or one of its layers, says of its activation. */
export interface ActivationJson {
  activation?: Kind;
  negativeSlope?: number;
  slopes?: number[];
}

/**
 * How a file says the slopes of its hidden layers: once for all if it can, else layer by layer, by name where one slope
 * has a name, else neuron by neuron.
 */
export function statedSlopes(hidden: readonly Float64Array[]): {
  file: Omit<ActivationJson, 'slopes'>;
  layers: readonly ActivationJson[];
} {
  const shared = hidden[0]?.[0] ?? 0;
  const same = hidden.every((slopes) => slopes.every((s) => s === shared));
  const { slopes, ...file } = form([shared]);
  // A file that says "linear" for all is taken for a mistake.
  if (same && slopes === undefined && shared !== 1) return { file, layers: hidden.map(() => ({})) };
  return { file: {}, layers: hidden.map(form) };
}

function form(slopes: ArrayLike<number>): ActivationJson {
  const list = Array.from(slopes);
  const [s] = list;
  if (list.every((other) => other === s)) {
    if (s === 0) return { activation: 'relu' };
    if (s === 1) return { activation: 'linear' };
    if (s === -1) return { activation: 'abs' };
    if (s > 0) return { activation: 'leaky-relu', negativeSlope: s };
  }
  return { slopes: list };
}
