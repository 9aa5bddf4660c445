/** An element of a document: its name, its attributes, what it holds. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

const NAME = /^[A-Za-z_][\w.-]*(:[A-Za-z_][\w.-]*)?$/;
const ENTITY = /&(amp|lt|gt|quot|apos|#\d+);/g;
const KNOWN: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function plain(text: string): string {
  if (/[<>]/.test(text) || /&(?!(amp|lt|gt|quot|apos|#\d+);)/.test(text))
    throw new Error(`not escaped: ${text.slice(0, 60)}`);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML forbids
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text))
    throw new Error('a character that XML forbids');
  return text.replace(
    ENTITY,
    (_, name: string) => KNOWN[name] ?? String.fromCodePoint(+name.slice(1)),
  );
}

/**
 * Parses XML 1.0 as strictly as a viewer does, without comments, CDATA and document types: one root, tags that match,
 * attributes in quotes that occur once, names with a declared prefix, text that is escaped.
 */
export function parseXml(document: string): XmlElement {
  const [declaration] = /^<\?xml version="1\.0" encoding="UTF-8"\?>\s*/.exec(document) ?? [''];
  let at = declaration.length;
  const fail = (what: string): never => {
    throw new Error(`${what} at ${at}: ${document.slice(at, at + 60)}`);
  };
  const one = (prefixes: ReadonlySet<string>): XmlElement => {
    const tag = /<([^\s/>]+)((?:\s+[^\s=]+="[^"]*")*)\s*(\/?)>/y;
    tag.lastIndex = at;
    const found = tag.exec(document) ?? fail('no tag');
    const [whole, name, list, closed] = found;
    at += whole.length;
    const attributes: Record<string, string> = {};
    for (const [, key, value] of list.matchAll(/\s+([^\s=]+)="([^"]*)"/g)) {
      if (Object.hasOwn(attributes, key)) fail(`${key} twice`);
      attributes[key] = plain(value);
    }
    const own = new Set(prefixes);
    for (const key of Object.keys(attributes)) if (key.startsWith('xmlns:')) own.add(key.slice(6));
    for (const key of [name, ...Object.keys(attributes)]) {
      const prefix = key.includes(':') ? key.split(':')[0] : undefined;
      if (!NAME.test(key) || (prefix !== undefined && !own.has(prefix))) fail(`the name ${key}`);
    }
    const children: XmlElement[] = [];
    let text = '';
    if (closed) return { name, attributes, children, text };
    for (;;) {
      const next = document.indexOf('<', at);
      if (next < 0) fail(`${name} is not closed`);
      text += plain(document.slice(at, next));
      at = next;
      if (!document.startsWith('</', at)) {
        children.push(one(own));
        continue;
      }
      const end = `</${name}>`;
      if (!document.startsWith(end, at)) fail(`not the end of ${name}`);
      at += end.length;
      return { name, attributes, children, text };
    }
  };
  const root = one(new Set(['xmlns']));
  if (document.slice(at).trim() !== '') fail('something behind the root');
  return root;
}

/** All elements of a document in order, the root first. */
export const allOf = (root: XmlElement): XmlElement[] => [root, ...root.children.flatMap(allOf)];
