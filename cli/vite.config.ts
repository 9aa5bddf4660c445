import { defineConfig } from 'vite';

export default defineConfig({
  publicDir: false,
  // One file that runs wherever Node does, with no packages beside it.
  ssr: { noExternal: true },
  build: {
    ssr: 'cli/src/main.ts',
    outDir: 'cli/dist',
    emptyOutDir: true,
    target: 'node20',
    rollupOptions: { output: { entryFileNames: 'main.js' } },
  },
});
