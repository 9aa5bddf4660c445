import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { licences } from './scripts/lib/licences.mjs';
import { siteServer } from './scripts/lib/site-server.mjs';

/** Vite asks for the page's files across origins, which “file:” and sandboxed frames refuse: their page would lose its styles too. */
const sameOrigin: Plugin = {
  name: 'reluscope:same-origin',
  transformIndexHtml: { order: 'post', handler: (html) => html.replaceAll(' crossorigin ', ' ') },
};

/**
 * d3’s packages say that they have no side effects, but each is one file now, and calls in it make colour schemes and
 * scales that nobody asks for. With the calls marked as pure, the bundler leaves out what is not used.
 */
const pureD3: Plugin = {
  name: 'reluscope:pure-d3',
  transform: {
    filter: { id: /node_modules\/d3-[a-z-]+\/dist\// },
    handler: (code) => ({
      code: code.replace(
        /^((?:var|const) [\w$]+ = )(?=(?:new )?[\w$.]+\(|\(function\b)/gm,
        '$1/* @__PURE__ */ ',
      ),
      map: null,
    }),
  },
};

const notices = licences();

// Relative base: the built site works from any folder of any static host.
export default defineConfig({
  base: './',
  // An unknown path is not the page.
  appType: 'mpa',
  plugins: [react(), sameOrigin, pureD3, siteServer(), notices.bundle],
  worker: { format: 'es', plugins: () => [pureD3, notices.workers] },
  build: {
    target: 'es2022',
    // Old browsers would preload nothing in advance; that is all this stands in for.
    modulePreload: { polyfill: false },
    rollupOptions: { input: { app: 'index.html' } },
  },
});
