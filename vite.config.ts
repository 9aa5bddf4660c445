import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { formulas } from './scripts/lib/formulas.mjs';
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
      code: code
        .replace(
          /^((?:var|const) [\w$]+ = )(?=(?:new )?[\w$.]+\(|\(function\b)/gm,
          '$1/* @__PURE__ */ ',
        )
        // What such a call is given may be made by calls as well.
        .replace(/(?<=\(|, )(?=(?:colors|cubehelix)\()/g, '/* @__PURE__ */ '),
      map: null,
    }),
  },
};

/** The class of a module as the page has it: its name, and two letters of the file, so that no two meet. */
const generateScopedName = (name: string, file: string) =>
  `${name}-${createHash('sha256').update(basename(file)).digest('base64url').slice(0, 2)}`;

/**
 * As a namespace, the classes of a module are constants, which the bundler writes where they are used, instead of a table of
 * all of them. A style sheet of which only such constants are used is no less needed.
 */
const classNames: Plugin = {
  name: 'reluscope:class-names',
  apply: 'build',
  enforce: 'post',
  transform: {
    filter: { id: /\.(tsx|module\.css)$/ },
    handler: (code, id) =>
      id.endsWith('.css')
        ? { code, map: null, moduleSideEffects: 'no-treeshake' }
        : {
            code: code.replace(
              /^import (\w+) (?=from ["'].+\.module\.css["'])/gm,
              'import * as $1 ',
            ),
            map: null,
          },
  },
};

const notices = licences();

// Relative base: the built site works from any folder of any static host.
export default defineConfig({
  base: './',
  // An unknown path is not the page.
  appType: 'mpa',
  plugins: [formulas(), react(), sameOrigin, pureD3, classNames, siteServer(), notices.bundle],
  css: { modules: { generateScopedName } },
  worker: { format: 'es', plugins: () => [pureD3, notices.workers] },
  build: {
    target: 'es2022',
    // One file, which a shadow root can take. What is loaded later brings no style sheet into the document.
    cssCodeSplit: false,
    // light-dark() stays: written for older browsers it would be resolved at the root, whatever theme a map has.
    cssTarget: ['chrome123', 'firefox125', 'safari17.5', 'ios17.5'],
    // Old browsers would preload nothing in advance; that is all this stands in for.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { app: 'index.html' },
      optimization: { inlineConst: { mode: 'all', pass: 2 } },
      // What the page starts with is one file, however many later ones use parts of it too.
      output: { codeSplitting: { groups: [{ name: 'app', tags: ['$initial'] }] } },
    },
  },
});
