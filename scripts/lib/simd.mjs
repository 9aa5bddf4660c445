import { readdirSync } from 'node:fs';
import { join } from 'node:path';
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

/** A kernel is what a file of this folder exports. */
const KERNELS = 'simd/kernels';

/** All modules: the files whose exports they have, and where the app finds them: as text, so that it needs no file beside the bundle. */
export const SIMD_MODULES = [
  {
    entries: [
      'simd/index.ts',
      ...readdirSync(join(root, KERNELS))
        .sort()
        .map((file) => `${KERNELS}/${file}`),
    ],
    file: 'src/compute/simd/module.ts',
  },
  { entries: ['simd/planes/index.ts'], file: 'src/regions/simd/module.ts' },
];

/** The accessors of packed structs, made from their description. */
export const FIELDS_FILE = 'simd/fields.ts';

/**
 * The text of that file: per member a function that reads it, or where it begins if it says where in the parameters that
 * is.
 * @param {Record<'JOB' | 'LAYER', import('../../src/compute/packed/structs.ts').Struct>} structs
 */
export function accessorsSource(structs) {
  const parts = Object.entries(structs).map(([struct, members]) => {
    const name = struct.toLowerCase();
    const types = Object.entries(members);
    const functions = types.map(([member, type], i) => {
      const word = `${name}${i === 0 ? '' : `, ${4 * i}`}`;
      return type === 'parameters'
        ? `export function ${member}Of(${name}: usize, parameters: usize): usize {
  return parameters + (load<u32>(${word}) << 2);
}
`
        : `export function ${member}Of(${name}: usize): ${type} {
  return load<${type}>(${word});
}
`;
    });
    return `export const ${struct}_BYTES: usize = ${4 * types.length};\n\n${functions.join('\n')}`;
  });
  return `// Made by \`npm run build:simd\` from src/compute/packed/structs.ts, which says what the members are. Not to be edited.

${parts.join('\n')}`;
}

/**
 * The exports of some files of simd/ compiled to WebAssembly. Throws with the compiler's errors if they do not compile, or
 * with its warnings.
 * @param {readonly string[]} entries
 * @returns {Promise<Uint8Array>}
 */
export async function compileSimd(entries) {
  /** @type {Uint8Array | undefined} */
  let module;
  const { error, stderr } = await main([...entries, ...OPTIONS, '--baseDir', root, '--noColors'], {
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
