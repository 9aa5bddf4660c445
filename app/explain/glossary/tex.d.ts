/** A formula in TeX; the build writes MathML in its place (scripts/lib/formulas.mjs). Not a function of the page. */
declare function tex(source: TemplateStringsArray): string;
