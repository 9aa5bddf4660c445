import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Chromium may ask for the icon again whenever the address changes, which it does while a network trains. */
const ICON = '/icon.svg';

/** The policy allows only what the page needs. It does not mention frames: any page may embed this one. */
const HEADERS = {
  'Content-Security-Policy': "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

/**
 * Vite's server for the built site, as `npm start` and the browser tests use it: with the headers above on every answer,
 * and with 404 and a sentence for what is not there. Vite alone answers an unknown path with the page itself, so that a
 * missing script arrives as HTML.
 * @returns {import('vite').Plugin}
 */
export const siteServer = () => ({
  name: 'reluscope:site-server',
  configurePreviewServer({ middlewares, config }) {
    middlewares.use((request, response, next) => {
      for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
      if (request.url?.startsWith(ICON)) response.setHeader('Cache-Control', 'max-age=86400');
      next();
    });
    // Behind the files of the site; only its pages are still to come.
    return () => {
      middlewares.use((request, response, next) => {
        const path = request.url?.split(/[?#]/)[0] ?? '/';
        if (isPage(join(config.root, config.build.outDir), path)) next();
        else {
          response.statusCode = 404;
          response.setHeader('Content-Type', 'text/plain; charset=utf-8');
          response.end('Not found: ReLUscope has nothing at this address. Its page is at /\n');
        }
      });
    };
  },
});

/**
 * @param {string} folder
 * @param {string} path of a URL
 */
function isPage(folder, path) {
  try {
    return path.endsWith('.html') && existsSync(join(folder, decodeURIComponent(path)));
  } catch {
    return false; // not the code of any text
  }
}
