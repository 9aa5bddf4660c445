import katex from 'katex';

/** A formula in a source file: tex`…`, without anything put in. */
const FORMULA = /\btex`([^`]*)`/g;
/** MathML without KaTeX's own copy of the source, which a page would carry in vain. */
const inner = (/** @type {string} */ markup) =>
  markup
    .replace(/^<span class="katex">|<\/span>$/g, '')
    .replace(/<annotation [^>]*>[\s\S]*?<\/annotation>/g, '')
    .replace(/<\/?semantics>/g, '');

/**
 * The MathML of a formula in TeX, to stand on a line of its own. Throws where KaTeX cannot read it.
 * @param {string} source
 * @returns {string}
 */
const mathml = (source) =>
  inner(
    katex.renderToString(source, {
      output: 'mathml',
      displayMode: true,
      throwOnError: true,
      strict: 'error',
    }),
  );

/**
 * Writes MathML in the place of every tex`…` under app/, so that the page shows formulas without KaTeX, its styles and its
 * fonts. A formula that cannot be read makes the build fail.
 * @returns {import('vite').Plugin}
 */
export const formulas = () => ({
  name: 'reluscope:formulas',
  enforce: 'pre',
  transform: {
    filter: { id: /\/app\/.*\.tsx?$/, code: /\btex`/ },
    handler: (code) => ({
      code: code.replace(FORMULA, (_all, source) => JSON.stringify(mathml(source))),
      map: null,
    }),
  },
});
