import { excerpt } from '../errors.ts';
import type { Field } from './field.ts';
import { initialSettings, type SettingKey, type Settings, schema, settingKeys } from './schema.ts';

/** Version of the link's keys; a link of another version is still read, key by key, with a notice. */
const VERSION = '1';

const anyField = (key: SettingKey): Field<unknown> => schema[key] as Field<unknown>;

/**
 * Settings from the hash of an address (with or without “#”). Unknown keys and unusable values are named in
 * `problems`, one sentence each; everything else keeps its default.
 */
export function readLink(hash: string): { settings: Settings; problems: string[] } {
  const problems: string[] = [];
  const settings: Record<string, unknown> = { ...initialSettings };
  for (const [key, text] of new URLSearchParams(hash.replace(/^#/, ''))) {
    if (key === 'v') {
      if (text !== VERSION)
        problems.push(`This link was made by another version (${excerpt(text)}).`);
    } else if (Object.hasOwn(schema, key)) {
      const reading = anyField(key as SettingKey).read(text);
      settings[key] = reading.value;
      if (reading.problem) problems.push(reading.problem);
    } else {
      problems.push(`“${excerpt(key)}” is not a setting; it was left out.`);
    }
  }
  return { settings: settings as Settings, problems };
}

/** The hash (without “#”) that `readLink` turns back into these settings; defaults are left out. */
export function writeLink(settings: Settings): string {
  const parts: string[] = [];
  for (const key of settingKeys) {
    const field = anyField(key);
    const text = field.write(settings[key]);
    if (text === field.write(field.initial)) continue;
    // Commas and semicolons are legal in a hash and far easier to read than their escapes.
    parts.push(`${key}=${encodeURIComponent(text).replace(/%2C/g, ',').replace(/%3B/g, ';')}`);
  }
  return parts.join('&');
}
