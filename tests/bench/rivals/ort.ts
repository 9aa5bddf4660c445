import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { onnxModel } from './onnx.ts';
import { inParts, type Rival } from './rival.ts';

interface OrtTensor {
  getData(): Promise<Float32Array>;
  dispose(): void;
}

interface Session {
  run(feeds: { x: OrtTensor }): Promise<{ y: OrtTensor }>;
  release(): Promise<void>;
}

/** The part of ONNX Runtime Web that is used here. */
interface Ort {
  readonly env: { readonly wasm: { numThreads?: number; wasmBinary?: Uint8Array } };
  readonly Tensor: new (type: 'float32', data: Float32Array, shape: number[]) => OrtTensor;
  readonly InferenceSession: {
    create(model: Uint8Array, options: { executionProviders: string[] }): Promise<Session>;
  };
}

interface Bundle {
  readonly script: string;
  /** Passed explicitly, because the script would fetch it as a page does. */
  readonly binary?: string;
}

/**
 * The number of threads holds for a bundle from its first session on, so one thread and several take two bundles of the
 * same binary. The one for Node has no WebGPU; of those for browsers, the one of JavaScript kernels runs in Node.
 */
const BUNDLES = {
  alone: { script: 'ort.wasm.min.mjs', binary: 'ort-wasm-simd-threaded.wasm' },
  threads: { script: 'ort.node.min.mjs' },
  webgpu: { script: 'ort.all.min.mjs', binary: 'ort-wasm-simd-threaded.jsep.wasm' },
} satisfies Record<string, Bundle>;

/** ONNX Runtime Web. */
export async function openOrt(
  folder: string,
  provider: 'wasm' | 'webgpu',
  threads: number,
): Promise<Rival> {
  const file = (name: string) => join(folder, 'node_modules', 'onnxruntime-web', 'dist', name);
  const bundle: Bundle =
    provider === 'webgpu' ? BUNDLES.webgpu : threads === 1 ? BUNDLES.alone : BUNDLES.threads;
  const ort: Ort = await import(/* @vite-ignore */ pathToFileURL(file(bundle.script)).href);
  ort.env.wasm.numThreads = threads;
  if (bundle.binary) ort.env.wasm.wasmBinary = readFileSync(file(bundle.binary));
  const noun = threads === 1 ? 'thread' : 'threads';
  return {
    name: provider === 'wasm' ? `ort-web wasm, ${threads} ${noun}` : 'ort-web webgpu',
    async load(net) {
      const options = { executionProviders: [provider] };
      const session = await ort.InferenceSession.create(onnxModel(net), options);
      const [d, outputs] = [net.inputs, net.outputs];
      const part = async (points: Float32Array, count: number) => {
        const { y } = await session.run({ x: new ort.Tensor('float32', points, [count, d]) });
        const values = await y.getData();
        y.dispose();
        return values;
      };
      return {
        forward: (points, count) => inParts(points, count, outputs, part),
        dispose: () => session.release(),
      };
    },
  };
}
