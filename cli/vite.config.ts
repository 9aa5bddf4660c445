import { defineConfig } from 'vite';

export default defineConfig({
  publicDir: false,
  // One file that runs wherever Node does, with no packages beside it but the optional one, which holds a native add-on.
  ssr: { noExternal: true, external: ['webgpu'] },
  build: {
    ssr: 'cli/src/main.ts',
    outDir: 'cli/dist',
    emptyOutDir: true,
    target: 'node20',
    rolldownOptions: { output: { entryFileNames: 'main.js', codeSplitting: false } },
  },
});
