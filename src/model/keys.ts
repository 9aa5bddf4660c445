import { InputError, quoted } from '../errors.ts';

/** Keys that people add as notes: they change nothing. `hand` and `expect` hold known answers. */
const NOTES = new Set(
  'name note notes comment comments description meta metadata hand expect'.split(' '),
);

/** Whether a key is a note, which is ignored: one of those above, or any that begins with `_`, `$` or `//`. */
export const isNote = (key: string): boolean => NOTES.has(key) || /^(_|\$|\/\/)/.test(key);

/** Names of other tools, in lower case and without separators → what is meant here: `"W"`. */
export type Aliases = Readonly<Record<string, string>>;

/**
 * Throws `InputError` for the first key that is neither known nor a note, with the key that was probably meant: a user
 * would believe that a silently ignored key has an effect. `where` begins the message: "layer 2: ".
 */
export function requireKnownKeys(
  object: object,
  known: readonly string[],
  aliases: Aliases,
  where = '',
): void {
  for (const key of Object.keys(object)) {
    if (known.includes(key) || isNote(key)) continue;
    const meant = probablyMeant(key, known, aliases);
    const names = known.map(quoted).join(', ');
    throw new InputError(
      `${where}unknown key ${quoted(key)}${
        meant === undefined
          ? `: known are ${names}, and a note may have a key that begins with "_"`
          : `: did you mean ${meant}?`
      }`,
    );
  }
}

function probablyMeant(
  key: string,
  known: readonly string[],
  aliases: Aliases,
): string | undefined {
  const plain = key.toLowerCase().replace(/[-_ .]/g, '');
  if (Object.hasOwn(aliases, plain)) return aliases[plain];
  // Longer keys are not typos of these.
  if (key.length > 40) return undefined;
  const near = known.map((name) => ({ name, far: editDistance(key, name) }));
  near.sort((a, b) => a.far - b.far);
  const [{ name, far }] = near;
  return far <= Math.max(1, name.length / 3) ? quoted(name) : undefined;
}

/** Letters to add, leave out, change, or swap with the next one, upper and lower case being the same. */
function editDistance(from: string, to: string): number {
  const a = from.toLowerCase();
  const b = to.toLowerCase();
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    rows.push([i]);
    for (let j = 1; j <= b.length; j++) {
      let least = Math.min(
        rows[i - 1][j] + 1,
        rows[i][j - 1] + 1,
        rows[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, rows[i - 2][j - 2] + 1);
      rows[i].push(least);
    }
  }
  return rows[a.length][b.length];
}
