import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { siteServer } from './scripts/lib/site-server.mjs';

/** Vite asks for the page's files across origins, which “file:” and sandboxed frames refuse: their page would lose its styles too. */
const sameOrigin: Plugin = {
  name: 'reluscope:same-origin',
  transformIndexHtml: { order: 'post', handler: (html) => html.replaceAll(' crossorigin ', ' ') },
};

// Relative base: the built site works from any folder of any static host.
export default defineConfig({
  base: './',
  // An unknown path is not the page.
  appType: 'mpa',
  plugins: [react(), sameOrigin, siteServer()],
  worker: { format: 'es' },
  build: { target: 'es2022', rollupOptions: { input: { app: 'index.html' } } },
});
