import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Model } from '../../../src/model/model.ts';
import { inParts, type Rival } from './rival.ts';

interface Tensor {
  data(): Promise<Float32Array>;
  dispose(): void;
}

/** The part of TensorFlow.js that is used here. */
interface Tfjs {
  setBackend(name: string): Promise<boolean>;
  ready(): Promise<void>;
  tidy(work: () => Tensor): Tensor;
  tensor1d(values: Float32Array): Tensor;
  tensor2d(values: Float32Array, shape: [number, number]): Tensor;
  readonly fused: {
    matMul(call: { a: Tensor; b: Tensor; bias: Tensor; activation: 'relu' | 'linear' }): Tensor;
  };
}

/** TensorFlow.js on one of its backends. Throws when that does not start. */
export async function openTfjs(folder: string, backend: 'wasm' | 'webgpu'): Promise<Rival> {
  const require = createRequire(join(folder, 'package.json'));
  // Names that are put together: these packages belong to the folder, not to the project.
  const [core, name] = ['core', `backend-${backend}`].map((part) => `@tensorflow/tfjs-${part}`);
  const tf: Tfjs = require(core);
  const own: { setWasmPaths?(folder: string): void } = require(name);
  own.setWasmPaths?.(`${dirname(require.resolve(name))}/`);
  if (!(await tf.setBackend(backend))) throw new Error('its backend does not start');
  await tf.ready();
  return {
    name: backend === 'wasm' ? 'tfjs wasm, 1 thread' : 'tfjs webgpu',
    async load(net) {
      // Another of its backends may have run in between.
      await tf.setBackend(backend);
      const layers = net.layers.map(({ inputs, outputs, biases }, k) => ({
        weights: tf.tensor2d(transposed(net, k), [inputs, outputs]),
        bias: tf.tensor1d(Float32Array.from(biases)),
      }));
      const [d, outputs] = [net.inputs, net.outputs];
      const part = async (points: Float32Array, count: number) => {
        await tf.setBackend(backend);
        const y = tf.tidy(() => {
          let h = tf.tensor2d(points, [count, d]);
          layers.forEach(({ weights, bias }, k) => {
            const activation = k < layers.length - 1 ? 'relu' : 'linear';
            h = tf.fused.matMul({ a: h, b: weights, bias, activation });
          });
          return h;
        });
        const values = await y.data();
        y.dispose();
        return values;
      };
      return {
        forward: (points, count) => inParts(points, count, outputs, part),
        async dispose() {
          for (const { weights, bias } of layers) {
            weights.dispose();
            bias.dispose();
          }
        },
      };
    },
  };
}

/** Weights of layer k, `[inputs × outputs]`. */
function transposed(net: Model, k: number): Float32Array {
  const { inputs, outputs, weights } = net.layers[k];
  const turned = new Float32Array(weights.length);
  for (let j = 0; j < outputs; j++)
    for (let i = 0; i < inputs; i++) turned[i * outputs + j] = weights[j * inputs + i];
  return turned;
}
