import { excerpt, InputError, quoted } from '../errors.ts';
import { readStated, SLOPE_KEYS, type Stated } from './activation.ts';
import { isNote, requireKnownKeys } from './keys.ts';

/** A layer as a file has it, before its sizes are compared with the others'. */
export interface RawLayer {
  /** In messages: "layer 2". */
  readonly name: string;
  /** How messages name matrix and biases: `layer 2: "W"`. */
  readonly matrixName: string;
  readonly biasName: string;
  readonly matrix: unknown;
  /** Missing or null: all 0. */
  readonly bias: unknown;
  readonly stated: Stated;
}

/** "layers.0.weight" → the parts before and after the last point. */
const PARAMETER = /^(?:(.*)\.)?(weight|bias)$/s;

/** What else a `state_dict` may hold, and what to do about it. */
const OTHERS: readonly [ends: RegExp, advice: string][] = [
  [
    /running_mean$|running_var$|num_batches_tracked$/,
    'batch normalisation is not read: fold it into the layer before it',
  ],
  [
    /(weight|bias)_(g|v|u|orig|mask)$|original\d$/,
    'save the weights without their parametrization',
  ],
];

/** Whether an object is a `state_dict` of PyTorch as JSON: no "layers", but "0.weight", "fc1.weight_g" and the like. */
export const isStateDict = (file: Record<string, unknown>): boolean =>
  !Object.hasOwn(file, 'layers') &&
  Object.keys(file).some(
    (key) => /^(.*\.)?weight$/s.test(key) || OTHERS.some(([ends]) => ends.test(key)),
  );

/**
 * The fully connected layers of a `state_dict`: in the order of the numbers in their names where these differ in
 * nothing else, else as `otherwise` orders them (as in the file), which `assumed` then says. Weights are [out, in] as here.
 */
export function stateDictLayers(
  file: Record<string, unknown>,
  assumed: string[],
  otherwise = (inFile: readonly string[]) => inFile,
): RawLayer[] {
  const layers = new Map<string, { weight?: unknown; bias?: unknown }>();
  for (const [key, value] of Object.entries(file)) {
    const [, prefix = '', kind] = PARAMETER.exec(key) ?? [];
    if (kind === undefined) {
      requireOther(key, value);
      continue;
    }
    const layer = layers.get(prefix) ?? {};
    layers.set(prefix, layer);
    layer[kind as 'weight' | 'bias'] = value;
  }
  const inFile = [...layers.keys()];
  const numbered = byNumber(inFile);
  const names = numbered ?? otherwise(inFile);
  if (numbered === undefined && names.length > 1) {
    const shown = names.slice(0, 6).map((name) => excerpt(name));
    assumed.push(`layers in the order ${shown.join(', ')}${names.length > 6 ? ', …' : ''}`);
  }
  return names.map((name) => rawLayer(name, layers.get(name) ?? {}));
}

function requireOther(key: string, value: unknown): void {
  const found = OTHERS.find(([ends]) => ends.test(key));
  if (found) throw new InputError(`unknown key ${quoted(key)}: ${found[1]}`);
  // Modules may name a parameter "_scale": a key that holds numbers is not a note.
  if (isNote(key) && (Array.isArray(value) || typeof value === 'number'))
    throw new InputError(
      `unknown key ${quoted(key)}: beside fully connected layers only notes that are text are ignored`,
    );
  const prefix = key.slice(0, key.lastIndexOf('.') + 1);
  const known = [`${prefix}weight`, `${prefix}bias`, 'activation', ...SLOPE_KEYS];
  requireKnownKeys({ [key]: 0 }, known, {});
}

function rawLayer(name: string, { weight, bias }: { weight?: unknown; bias?: unknown }): RawLayer {
  const dot = name === '' ? '' : `${name}.`;
  const matrixName = quoted(`${dot}weight`);
  const biasName = quoted(`${dot}bias`);
  if (weight === undefined)
    throw new InputError(`${biasName} needs ${matrixName}, which is missing`);
  const [row] = Array.isArray(weight) ? weight : [];
  const isMatrix = Array.isArray(row) && !Array.isArray(row[0]);
  if (!isMatrix)
    throw new InputError(`${matrixName} is not a matrix: only fully connected layers are read`);
  return { name: quoted(name), matrixName, biasName, matrix: weight, bias, stated: readStated({}) };
}

/** Names that differ only in their numbers, in the order of these; undefined where that is no order. */
function byNumber(names: readonly string[]): string[] | undefined {
  const form = (name: string) => name.replace(/\d+/g, '#');
  if (!names.every((name) => /\d/.test(name) && form(name) === form(names[0]))) return undefined;
  const numbers = new Map(
    names.map((name) => [name, (name.match(/\d+/g) ?? []).map((digits) => Number(digits))]),
  );
  return [...names].sort((a, b) => {
    const [p, q] = [numbers.get(a) ?? [], numbers.get(b) ?? []];
    const at = p.findIndex((n, i) => n !== q[i]);
    return at < 0 ? 0 : p[at] - q[at];
  });
}
