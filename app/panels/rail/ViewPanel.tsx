import { ZOOM_STEP } from '../../session/view.ts';
import shared from '../../styles/shared.module.css';
import { useActions, useSessionState } from '../../useSession.ts';
import { RailGroup } from './RailGroup.tsx';
import styles from './rail.module.css';
import { ChoiceSetting } from './settingControls.tsx';
import { pictureSummary } from './summaries.ts';

const LAYERS = [
  { key: 'creases', label: 'Creases' },
  { key: 'boundary', label: 'Decision boundary' },
  { key: 'train', label: 'Training points' },
  { key: 'test', label: 'Test points' },
] as const;

export function ViewPanel() {
  const { change, zoom } = useActions();
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
      <div className={`${shared.buttons} ${styles.below}`}>
        <button type="button" onClick={() => zoom(ZOOM_STEP)}>
          Zoom in
        </button>
        <button type="button" onClick={() => zoom(1 / ZOOM_STEP)}>
          Zoom out
        </button>
      </div>
    </RailGroup>
  );
}
