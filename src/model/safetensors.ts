import { InputError } from '../errors.ts';
import { type ActivationJson, readStated, statedSlopes } from './activation.ts';
import { fromStateDict, NETWORK_LIMITS, type ReadNetwork } from './json.ts';
import type { AffineMap, Model } from './model.ts';
import { readTensors, type Tensor, writeTensors } from './safetensorsFile.ts';
import { isStateDict, type RawLayer, stateDictLayers } from './stateDict.ts';

/** Numbers that a file may hold: as many as a network. */
export const SAFETENSORS_VALUES = NETWORK_LIMITS.weights + NETWORK_LIMITS.neurons;

/** Names to look at, at most, before their order counts as not told by the sizes. */
const MOST_TRIES = 10_000;

/**
 * Reads the bytes of a safetensors file with the fully connected layers of a PyTorch `state_dict`: "0.weight" `[out, in]`,
 * "0.bias" `[out]`, or whatever the layers are called. Layers are in the order of the numbers in their names; where the
 * names differ otherwise, in the one order in which their sizes fit, else by name, and `assumed` says so. Their order in the
 * file means nothing, because writers sort it.
 *
 * The metadata may say "activation" and "negativeSlope", as in our JSON, or "slopes": a JSON list of a list of slopes for
 * every hidden layer. Without them ReLU is assumed. Throws `InputError` like `readNetworkJson`.
 */
export function readSafetensors(bytes: Uint8Array): ReadNetwork {
  const { tensors, metadata } = readTensors(bytes, SAFETENSORS_VALUES);
  const dict = Object.fromEntries(tensors.map((tensor) => [tensor.name, nested(tensor)]));
  if (!isStateDict(dict))
    throw new InputError(
      'holds no tensor that is called "weight", or something that ends in ".weight"',
    );
  const assumed: string[] = [];
  const shapes = new Map(tensors.map(({ name, shape }) => [name, shape]));
  const layers = stateDictLayers(dict, assumed, (names) => ordered(names, shapes));
  const { activation, slopes } = metadata;
  const slope = metadata.negativeSlope ?? metadata.negative_slope;
  const said = {
    ...(activation !== undefined && { activation }),
    ...(slope !== undefined && { negativeSlope: slope.trim() === '' ? slope : Number(slope) }),
  };
  const raw = slopes === undefined ? layers : withSlopes(layers, slopes);
  return fromStateDict(raw, said, assumed);
}

/**
 * The network as a safetensors file of 64-bit numbers, which reads back to the same bits. Its names are those of
 * `nn.Sequential(Linear, ReLU, Linear, …)` in PyTorch: "0.weight", "0.bias", "2.weight", …; slopes are in the metadata.
 */
export function writeSafetensors(net: Model): Uint8Array {
  const tensors = net.layers.flatMap(({ inputs, outputs, weights, biases }: AffineMap, k) => [
    { name: `${2 * k}.weight`, shape: [outputs, inputs], values: weights },
    { name: `${2 * k}.bias`, shape: [outputs], values: biases },
  ]);
  return writeTensors({ tensors, metadata: { format: 'pt', ...metadataOf(net) } });
}

function metadataOf(net: Model): Record<string, string> {
  const hidden = net.hidden.map(({ slopes }) => slopes);
  const { activation, negativeSlope }: ActivationJson = statedSlopes(hidden).file;
  if (activation === undefined)
    return { slopes: JSON.stringify(hidden.map((slopes) => Array.from(slopes))) };
  return negativeSlope === undefined
    ? { activation }
    : { activation, negativeSlope: String(negativeSlope) };
}

/** As JSON would have it; what is no matrix and no list keeps its depth, and is refused by that. */
function nested({ shape, values }: Tensor): unknown {
  if (shape.length === 0) return values[0];
  if (shape.length === 1) return Array.from(values);
  if (shape.length > 2) return [[[]]];
  const [rows, columns] = shape;
  return Array.from({ length: rows }, (_, j) =>
    Array.from(values.subarray(j * columns, (j + 1) * columns)),
  );
}

function withSlopes(layers: readonly RawLayer[], text: string): RawLayer[] {
  const lists = parsed(text);
  const hidden = layers.length - 1;
  if (!Array.isArray(lists) || lists.length !== hidden)
    throw new InputError(
      `"slopes" in the metadata must be a list of ${hidden} lists, one for each hidden layer`,
    );
  return layers.map((layer, k) =>
    k === hidden
      ? layer
      : { ...layer, stated: readStated({ slopes: lists[k] }, `${layer.name}: `) },
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The only order in which every layer takes as many numbers as the one before gives; else the order of the names. */
function ordered(
  names: readonly string[],
  shapes: ReadonlyMap<string, readonly number[]>,
): readonly string[] {
  const sizeOf = (name: string) => shapes.get(name === '' ? 'weight' : `${name}.weight`) ?? [];
  const found: string[][] = [];
  const order: string[] = [];
  const left = new Set(names);
  let tries = 0;
  const extend = (outputs: number | undefined): void => {
    if (left.size === 0) found.push([...order]);
    for (const name of [...left]) {
      const [rows, columns] = sizeOf(name);
      if (found.length > 1 || ++tries > MOST_TRIES) return;
      if (outputs !== undefined && columns !== outputs) continue;
      left.delete(name);
      order.push(name);
      extend(rows);
      order.pop();
      left.add(name);
    }
  };
  extend(undefined);
  if (found.length === 1 && tries <= MOST_TRIES) return found[0];
  return [...names].sort(new Intl.Collator('en', { numeric: true }).compare);
}
