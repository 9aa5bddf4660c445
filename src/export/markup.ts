/** Values of attributes; those that are undefined are left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** Decimals of a coordinate in pixels: a hundred times enlarged, a ten-thousandth is still invisible. */
const DECIMALS = 4;

/** A coordinate in pixels, with as many digits as can matter: "12.5", never "-0" or an exponent. */
export const pixel = (value: number): string => plain(value, DECIMALS);

/** A number with at most so many decimals. */
export const plain = (value: number, decimals: number): string =>
  `${Number(value.toFixed(decimals)) + 0}`;

/** Characters that XML 1.0 forbids: control characters and lone surrogates. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Text as it stands between tags or in quotes. */
export const escaped = (text: string): string =>
  text.replace(FORBIDDEN, '\uFFFD').replace(/[&<>"]/g, (character) => ENTITIES[character]);

const opened = (name: string, attributes: Attributes): string =>
  `<${name}${Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escaped(`${value}`)}"`)
    .join('')}`;

/** An element; `content` is markup, one element a line. Without content it is closed at once. */
export function element(
  name: string,
  attributes: Attributes,
  content: readonly string[] = [],
): string {
  const open = opened(name, attributes);
  return content.length === 0 ? `${open}/>` : `${open}>\n${content.join('\n')}\n</${name}>`;
}

/** An element that holds text. */
export const textElement = (name: string, attributes: Attributes, text: string): string =>
  `${opened(name, attributes)}>${escaped(text)}</${name}>`;
