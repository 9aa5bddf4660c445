import { InputError, printable, quoted } from '../errors.ts';

/** Limits on a JSON text, so that no text takes more memory than a network needs. */
export const JSON_LIMITS = {
  /** Characters. */
  length: 2 ** 28,
  depth: 100,
  /** Lists and objects. */
  containers: 2 ** 20,
  /** Numbers, strings and other values between commas. */
  values: 2 ** 24 + 2 ** 20,
} as const;

/** In longer texts it would take too long to find the place of a wrong token. */
const LONGEST_SEARCH = 2 ** 22;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Collects a JSON text that arrives in parts. Throws `InputError` as early as possible for a text that is too long or
 * nested too deep, and for a key that occurs twice in one object: `JSON.parse` would silently take the last one. Time
 * and memory are proportional to the text, whatever it contains; `value` finds what is not JSON.
 */
export class JsonText {
  readonly #parts: string[] = [];
  /** What encloses the current position: the keys of an object so far, or null for a list. */
  readonly #open: (Set<string> | null)[] = [];
  #length = 0;
  #containers = 0;
  #values = 0;
  #inString = false;
  #escaped = false;
  #keyNext = false;
  /** The key being read, as it is written, without its quotation marks. */
  #key: string | undefined;

  take(part: string): void {
    this.#length += part.length;
    if (this.#length > JSON_LIMITS.length)
      throw new InputError(`is longer than the ${JSON_LIMITS.length} characters that are read`);
    this.#scan(part);
    this.#parts.push(part);
  }

  /** The value of the text; throws `InputError`, with the place, when it is not JSON. */
  value(): unknown {
    const text = this.#parts.join('');
    const problem = problemOf(text);
    if ('value' in problem) return problem.value;
    const { message } = problem;
    const at = placeOf(text, message);
    const what = notFinite(text, at) ?? message.replace(/( in JSON)? at position \d+.*$/s, '');
    throw new InputError(
      `is not JSON (${at === undefined ? '' : `${lineAndColumn(text, at)}: `}${printable(what)})`,
    );
  }

  #scan(part: string): void {
    let at = 0;
    while (at < part.length) {
      if (this.#inString) {
        at = this.#string(part, at);
        continue;
      }
      switch (part.charCodeAt(at++)) {
        case QUOTE:
          this.#inString = true;
          this.#key = this.#keyNext ? '' : undefined;
          break;
        case 0x7b: // {
          this.#enter(new Set());
          break;
        case 0x5b: // [
          this.#enter(null);
          break;
        case 0x7d: // }
        case 0x5d: // ]
          this.#open.pop();
          this.#keyNext = false;
          break;
        case 0x2c: // ,
          if (++this.#values > JSON_LIMITS.values)
            throw new InputError(`holds more than ${JSON_LIMITS.values} values`);
          this.#keyNext = this.#open.at(-1) instanceof Set;
          break;
        case 0x3a: // :
          this.#keyNext = false;
      }
    }
  }

  #enter(keys: Set<string> | null): void {
    this.#open.push(keys);
    if (this.#open.length > JSON_LIMITS.depth)
      throw new InputError(`nests lists and objects more than ${JSON_LIMITS.depth} deep`);
    if (++this.#containers > JSON_LIMITS.containers)
      throw new InputError(`holds more than ${JSON_LIMITS.containers} lists and objects`);
    this.#keyNext = keys !== null;
  }

  /** Continues within a string; returns the position after its end, or the end of the part. */
  #string(part: string, from: number): number {
    let at = from;
    for (; at < part.length; at++) {
      if (this.#escaped) this.#escaped = false;
      else {
        const code = part.charCodeAt(at);
        if (code === BACKSLASH) this.#escaped = true;
        else if (code === QUOTE) break;
      }
    }
    if (this.#key !== undefined) this.#key += part.slice(from, at);
    if (at === part.length) return at;
    this.#inString = false;
    if (this.#key !== undefined) this.#ownKey(this.#key);
    return at + 1;
  }

  #ownKey(written: string): void {
    const keys = this.#open.at(-1);
    let key = written;
    // Not a JSON string: `value` will report it.
    try {
      if (written.includes('\\')) key = JSON.parse(`"${written}"`);
    } catch {
      return;
    }
    if (keys?.has(key)) throw new InputError(`has the key ${quoted(key)} twice in one object`);
    keys?.add(key);
  }
}

/** The value of a text, or V8's message about it, without the surroundings that V8 quotes. */
function problemOf(text: string): { value: unknown } | { message: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    const message = (error as Error).message;
    return { message: message.replace(/(, )?(\.{3})?".*" *(\.{3})? is not valid JSON$/s, '') };
  }
}

/**
 * Where the error begins; V8 does not give the position of a token, but the shortest prefix with the same error does.
 */
function placeOf(text: string, message: string): number | undefined {
  const [, position] = / at position (\d+)/.exec(message) ?? [];
  if (position !== undefined) return Number(position);
  if (!message.startsWith('Unexpected token') || text.length > LONGEST_SEARCH) return undefined;
  let [sound, wrong] = [0, text.length];
  while (wrong - sound > 1) {
    const middle = Math.floor((sound + wrong) / 2);
    const found = problemOf(text.slice(0, middle));
    if ('message' in found && found.message.startsWith('Unexpected token')) wrong = middle;
    else sound = middle;
  }
  return wrong - 1;
}

/** Python and others write numbers that are not finite into their JSON. */
function notFinite(text: string, at: number | undefined): string | undefined {
  if (at === undefined) return undefined;
  const [found] = /^-?(NaN|Infinity)/.exec(text.slice(text[at - 1] === '-' ? at - 1 : at)) ?? [];
  return found && `"${found}" is not a finite number`;
}

function lineAndColumn(text: string, at: number): string {
  const lines = text.slice(0, at).split(/\r\n|\n|\r/);
  return `line ${lines.length}, column ${lines[lines.length - 1].length + 1}`;
}
