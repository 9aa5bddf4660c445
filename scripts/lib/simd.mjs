import { main } from 'assemblyscript/asc';
import { root } from './install.mjs';

/** A warning about vectors in signatures, which matters at the module's border only; none crosses it. */
const VECTORS_BETWEEN_FUNCTIONS = '112';

const OPTIONS = [
  ...['--outFile', 'module.wasm'],
  ...['--optimizeLevel', '3', '--converge', '--noAssert'],
  ...['--enable', 'simd'],
  ...['--runtime', 'stub'],
  ...['--disableWarning', VECTORS_BETWEEN_FUNCTIONS],
];

/** Where the app finds the module: as text, so that it needs no file beside the bundle. */
const SIMD_FILE = 'src/compute/simd/module.ts';

/** All modules: where their kernels begin, and where the app finds them. */
export const SIMD_MODULES = [
  { entry: 'simd/index.ts', file: SIMD_FILE },
  { entry: 'simd/planes/index.ts', file: 'src/regions/simd/module.ts' },
];

/**
 * The kernels of simd/ compiled to WebAssembly. Throws with the compiler's errors if they do not compile, or with its
 * warnings.
 * @returns {Promise<Uint8Array>}
 */
export async function compileSimd(entry = 'simd/index.ts') {
  /** @type {Uint8Array | undefined} */
  let module;
  const { error, stderr } = await main([entry, ...OPTIONS, '--baseDir', root, '--noColors'], {
    writeFile: (_name, contents) => {
      if (typeof contents !== 'string') module = contents;
    },
  });
  const said = stderr.toString();
  if (error !== null || said !== '' || module === undefined)
    throw new Error(`The SIMD kernels do not compile cleanly.\n${said || error}`);
  return module;
}

/** @param {Uint8Array} module the text of the file that holds it */
export const simdSource = (
  module,
) => `// Made by \`npm run build:simd\` from the kernels in simd/. Not to be edited.
/** The kernels, a WebAssembly module in base64. */
export const SIMD_MODULE =
  '${Buffer.from(module).toString('base64')}';
`;
