import { excerpt } from '../errors.ts';
import type { Setting } from './roles.ts';
import { initialSettings, type SettingKey, type Settings, schema, settingKeys } from './schema.ts';

/** Version of the link's keys; a link of another version is still read, key by key, with a notice. */
const VERSION = '1';

const anySetting = (key: SettingKey): Setting => schema[key];

/** Most names that a sentence lists; of more it gives the number. */
const MOST_NAMED = 3;

function strangers(keys: readonly string[]): string {
  const named = keys.slice(0, MOST_NAMED).map((key) => `“${excerpt(key)}”`);
  const others = keys.length - named.length;
  const all = others > 0 ? `${named.join(', ')} and ${others} more` : named.join(', ');
  return keys.length === 1
    ? `${all} is not a setting; it was left out.`
    : `${all} are not settings; they were left out.`;
}

/** The text of every key, the last one if it occurs more than once, and how often it occurs. */
function lastOfEach(pairs: URLSearchParams): Map<string, { text: string; times: number }> {
  const found = new Map<string, { text: string; times: number }>();
  for (const [key, text] of pairs)
    found.set(key, { text, times: (found.get(key)?.times ?? 0) + 1 });
  return found;
}

const isSetting = (key: string): key is SettingKey => Object.hasOwn(schema, key);

function readSetting(key: SettingKey, { text, times }: { text: string; times: number }) {
  const { value, problem } = anySetting(key).read(text);
  const again =
    times > 1 ? [`“${key}” occurs ${times} times in the link; the last one counts.`] : [];
  return { value, problems: problem === undefined ? again : [...again, problem] };
}

/**
 * Settings from the hash of an address (with or without “#”). Unknown keys and unusable values are named in
 * `problems`, one sentence each; everything else keeps its default.
 */
export function readLink(hash: string): { settings: Settings; problems: string[] } {
  const problems: string[] = [];
  const unknown: string[] = [];
  const settings: Record<string, unknown> = { ...initialSettings };
  for (const [key, entry] of lastOfEach(new URLSearchParams(hash.replace(/^#/, '')))) {
    if (key === 'v') {
      if (entry.text !== VERSION)
        problems.push(
          `This link was made by another version (${excerpt(entry.text)}); the settings that are known are used.`,
        );
    } else if (isSetting(key)) {
      const reading = readSetting(key, entry);
      settings[key] = reading.value;
      problems.push(...reading.problems);
    } else unknown.push(key);
  }
  if (unknown.length > 0) problems.push(strangers(unknown));
  return { settings: settings as Settings, problems };
}

/** Settings that may also be in the query: how the page looks and computes. */
export const QUERY_KEYS = settingKeys.filter((key) => anySetting(key).inQuery);

/**
 * The settings in the query of an address (with or without “?”). Other settings there have no effect, which `problems`
 * says; unknown keys are ignored, because others may use them, for instance to count visits.
 */
export function readQuery(search: string): { settings: Partial<Settings>; problems: string[] } {
  const problems: string[] = [];
  const settings: Record<string, unknown> = {};
  const misplaced: string[] = [];
  for (const [key, entry] of lastOfEach(new URLSearchParams(search))) {
    if (key === 'embed' && !['0', '1'].includes(entry.text))
      problems.push(`“embed” is 1 or 0, not “${excerpt(entry.text)}”; the whole page is shown.`);
    if (key === 'present' && !['0', '1'].includes(entry.text))
      problems.push(
        `“present” is 1 or 0, not “${excerpt(entry.text)}”; the page opens without presenting.`,
      );
    if (!isSetting(key)) continue;
    if (QUERY_KEYS.includes(key)) {
      const reading = readSetting(key, entry);
      settings[key] = reading.value;
      problems.push(...reading.problems);
    } else misplaced.push(key);
  }
  if (misplaced.length > 0)
    problems.push(
      `“${misplaced.join('”, “')}” must come after the “#” of the address, not after the “?”; it has no effect.`,
    );
  return { settings: settings as Partial<Settings>, problems };
}

/**
 * The hash (without “#”) that `readLink` turns back into these settings; defaults are left out. It is never empty: a page
 * whose address has no hash opens a scene, and a link is to open what it was copied from.
 */
export function writeLink(settings: Settings): string {
  const parts: string[] = [];
  for (const key of settingKeys) {
    const field = anySetting(key);
    const text = field.write(settings[key]);
    if (text === field.write(field.initial)) continue;
    // Commas and semicolons are legal in a hash and far easier to read than their escapes.
    parts.push(`${key}=${encodeURIComponent(text).replace(/%2C/g, ',').replace(/%3B/g, ';')}`);
  }
  return parts.length > 0 ? parts.join('&') : `steps=${schema.steps.write(schema.steps.initial)}`;
}
