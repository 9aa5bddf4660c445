import type { Model } from '../../../src/model/model.ts';

/**
 * A network as an ONNX file: Gemm and Relu in turn, from `x` to `y`, for any number of points. Written field by field
 * after the format's protobuf definition (onnx.proto); the numbers in the code are its field numbers.
 */
export function onnxModel(net: Model): Uint8Array {
  const last = net.layers.length - 1;
  const nodes: Uint8Array[] = [];
  const constants: Uint8Array[] = [];
  net.layers.forEach(({ inputs, outputs, weights, biases }, k) => {
    const [from, to] = [k === 0 ? 'x' : `h${k}`, k === last ? 'y' : `z${k + 1}`];
    nodes.push(node('Gemm', [from, `W${k}`, `b${k}`], to, TRANSPOSED_WEIGHTS));
    if (k < last) nodes.push(node('Relu', [to], `h${k + 1}`));
    constants.push(tensor(`W${k}`, [outputs, inputs], weights));
    constants.push(tensor(`b${k}`, [outputs], biases));
  });
  const graph = join(
    ...nodes.map((one) => nested(1, one)),
    text(2, 'network'),
    ...constants.map((one) => nested(5, one)),
    nested(11, points('x', net.inputs)),
    nested(12, points('y', net.outputs)),
  );
  const irVersion = whole(1, 8);
  const operatorSet = nested(8, whole(2, 13));
  return join(irVersion, operatorSet, nested(7, graph));
}

const FLOAT = 1;
const INT_ATTRIBUTE = 2;

function node(type: string, inputs: string[], output: string, attribute?: Uint8Array): Uint8Array {
  const parts = [...inputs.map((name) => text(1, name)), text(2, output), text(4, type)];
  return join(...parts, ...(attribute ? [nested(5, attribute)] : []));
}

function tensor(name: string, shape: number[], values: Float64Array): Uint8Array {
  const raw = new Uint8Array(Float32Array.from(values).buffer);
  return join(
    ...shape.map((size) => whole(1, size)),
    whole(2, FLOAT),
    text(8, name),
    nested(9, raw),
  );
}

/** An input or output with rows of `width` numbers. */
function points(name: string, width: number): Uint8Array {
  const shape = join(nested(1, text(2, 'n')), nested(1, whole(1, width)));
  return join(text(1, name), nested(2, nested(1, join(whole(1, FLOAT), nested(2, shape)))));
}

const whole = (field: number, value: number) => join(varint(8 * field), varint(value));

const nested = (field: number, bytes: Uint8Array) =>
  join(varint(8 * field + 2), varint(bytes.length), bytes);

const text = (field: number, value: string) => nested(field, new TextEncoder().encode(value));

/** Gemm's transB: the weights have one row per neuron. */
const TRANSPOSED_WEIGHTS = join(text(1, 'transB'), whole(3, 1), whole(20, INT_ATTRIBUTE));

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push(128 + (rest % 128));
  return Uint8Array.of(...bytes, rest);
}

function join(...parts: Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
