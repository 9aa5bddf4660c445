/** Quiet and self-contained: no telemetry, no update, no first-run page; root cannot use the sandbox. */
const COMMON = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/**
 * WebGPU on SwiftShader, Chromium's software adapter: the same on every machine, in the page and in workers. The last
 * two let a test crash the GPU process without taking WebGPU from the tests after it: otherwise Chromium denies a
 * page its adapter after the second crash, and everybody after the third.
 */
export const WEBGPU_FLAGS = [
  ...COMMON,
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--disable-domain-blocking-for-3d-apis',
  '--disable-gpu-process-crash-limit',
];

/** No adapter anywhere, as on a machine whose graphics WebGPU refuses: `requestAdapter()` gives null. */
export const CPU_FLAGS = [...COMMON, '--disable-gpu', '--disable-features=WebGPU'];
