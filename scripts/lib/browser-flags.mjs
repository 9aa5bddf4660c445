/** Quiet and self-contained: no call home, no update, no first-run page; root has no sandbox to run in. */
const COMMON = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/** WebGPU on SwiftShader, Chromium's software adapter: the same on every machine, in the page and in workers. */
export const WEBGPU_FLAGS = [
  ...COMMON,
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
];

/** No adapter anywhere, as on a machine whose graphics WebGPU refuses: `requestAdapter()` gives null. */
export const CPU_FLAGS = [...COMMON, '--disable-gpu', '--disable-features=WebGPU'];
