import { useActions, useSessionState } from '../../useSession.ts';
import { RailGroup } from './RailGroup.tsx';
import { ChoiceSetting } from './settingControls.tsx';
import { pictureSummary } from './summaries.ts';

const LAYERS = [
  { key: 'creases', label: 'Creases' },
  { key: 'boundary', label: 'Decision boundary' },
  { key: 'train', label: 'Training points' },
  { key: 'test', label: 'Test points' },
] as const;

export function ViewPanel() {
  const { change } = useActions();
  const hide = useSessionState((s) => s.settings.hide);
  const show = useSessionState((s) => s.settings.show);
  const summary = useSessionState((s) => pictureSummary(s.settings));
  return (
    <RailGroup name="picture" title="Picture" state={summary} more={<ChoiceSetting name="theme" />}>
      <ChoiceSetting name="show" />
      {show === 'bound' && <ChoiceSetting name="method" />}
      {LAYERS.map(({ key, label }) => (
        <label key={key}>
          <input
            type="checkbox"
            checked={!hide.includes(key)}
            onChange={(event) =>
              change({
                hide: event.target.checked ? hide.filter((k) => k !== key) : [...hide, key],
              })
            }
          />
          {label}
        </label>
      ))}
    </RailGroup>
  );
}
