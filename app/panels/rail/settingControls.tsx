import type { ChoiceField, NumberField } from '../../../src/settings/field.ts';
import { type SettingKey, type Settings, schema } from '../../../src/settings/schema.ts';
import { SETTING_TERMS } from '../../explain/settingTerms.ts';
import { useActions, useSessionState } from '../../useSession.ts';
import { ChoiceControl } from './ChoiceControl.tsx';
import { NumberControl } from './NumberControl.tsx';

type KeysOf<T, F> = {
  [K in SettingKey]: Settings[K] extends T ? ((typeof schema)[K] extends F ? K : never) : never;
}[SettingKey];
export type NumberKey = KeysOf<number, NumberField>;
export type ChoiceKey = KeysOf<string, { options: readonly unknown[] }>;

/** The control of a number in the schema, tied to the state. */
export function NumberSetting({
  name,
  slider = false,
  onRelease = false,
}: {
  name: NumberKey;
  slider?: boolean;
  onRelease?: boolean;
}) {
  const { change } = useActions();
  const value = useSessionState((s) => s.settings[name]);
  return (
    <NumberControl
      field={schema[name]}
      term={SETTING_TERMS[name]}
      value={value}
      slider={slider}
      onRelease={onRelease}
      onChange={(next) => change({ [name]: next })}
    />
  );
}

/** The control of a choice in the schema, tied to the state. */
export function ChoiceSetting({ name }: { name: ChoiceKey }) {
  const { change } = useActions();
  const value = useSessionState((s) => s.settings[name]);
  return (
    <ChoiceControl
      field={schema[name] as ChoiceField<string>}
      term={SETTING_TERMS[name]}
      value={value}
      onChange={(next) => change({ [name]: next })}
    />
  );
}
