import { defineConfig } from 'vite';
import { licences } from '../scripts/lib/licences.mjs';

export default defineConfig({
  publicDir: false,
  plugins: [licences().bundle],
  // One file that runs wherever Node does, with no packages beside it but the optional one, which holds a native add-on.
  ssr: { noExternal: true, external: ['webgpu'] },
  build: {
    ssr: 'cli/src/main.ts',
    outDir: 'cli/dist',
    emptyOutDir: true,
    // The licences; by itself Vite writes no such files for a server.
    emitAssets: true,
    target: 'node20',
    rolldownOptions: { output: { entryFileNames: 'main.js', codeSplitting: false } },
  },
});
