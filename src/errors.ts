/** Input from the user that cannot be used; the message is one plain sentence that names the problem. */
export class InputError extends Error {
  override name = 'InputError';
}

/** Characters that act on a terminal or a page instead of being visible: control, bidirectional and invisible ones. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** The text with every invisible character as an escape: `\u001b`, `\u{e0001}`. */
export const printable = (text: string): string =>
  text.replace(UNSEEN, (character) => {
    const hex = (character.codePointAt(0) ?? 0).toString(16).padStart(4, '0');
    return hex.length > 4 ? `\\u{${hex}}` : `\\u${hex}`;
  });

const LONGEST_EXCERPT = 40;

/**
 * What a message quotes from a file, an argument or a link: printable, and at most about 40 characters long. The last
 * part identifies a path, so there the beginning is left out.
 */
export function excerpt(text: string, keep: 'start' | 'end' = 'start'): string {
  const near = 4 * LONGEST_EXCERPT;
  const characters = Array.from(keep === 'start' ? text.slice(0, near) : text.slice(-near));
  if (keep === 'end') characters.reverse();
  const shown: string[] = [];
  let room = LONGEST_EXCERPT;
  for (const character of characters) {
    const part = printable(character);
    room -= part.length;
    if (room < 0) {
      shown.push('…');
      break;
    }
    shown.push(part);
  }
  if (keep === 'end') shown.reverse();
  return shown.join('');
}

/** An excerpt in quotation marks. */
export const quoted = (text: string): string => `"${excerpt(text)}"`;

/** A number and what it counts: "1 input", "2 entries". */
export const counted = (n: number, one: string, many = `${one}s`): string =>
  `${n} ${n === 1 ? one : many}`;
