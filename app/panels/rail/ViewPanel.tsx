import { ZOOM_STEP } from '../../session/view.ts';
import shared from '../../styles/shared.module.css';
import { useSession, useSessionState } from '../../useSession.ts';
import styles from './rail.module.css';
import { ChoiceSetting } from './settingControls.tsx';

const LAYERS = [
  { key: 'creases', label: 'Creases' },
  { key: 'boundary', label: 'Decision boundary' },
  { key: 'train', label: 'Training points' },
  { key: 'test', label: 'Test points' },
] as const;

export function ViewPanel() {
  const { store, actions } = useSession();
  const hide = useSessionState((s) => s.settings.hide);
  const show = useSessionState((s) => s.settings.show);
  /** A circle in the middle of the view, for users without a pointer. */
  const addInTheMiddle = () => {
    const { x, y } = store.getState().settings.view;
    actions.addCircle(x, y);
  };
  return (
    <section aria-labelledby="view-heading">
      <h2 id="view-heading">Picture</h2>
      <ChoiceSetting name="show" />
      {show === 'bound' && <ChoiceSetting name="method" />}
      {LAYERS.map(({ key, label }) => (
        <label key={key}>
          <input
            type="checkbox"
            checked={!hide.includes(key)}
            onChange={(event) =>
              actions.change({
                hide: event.target.checked ? hide.filter((k) => k !== key) : [...hide, key],
              })
            }
          />
          {label}
        </label>
      ))}
      <div className={`${shared.buttons} ${styles.below}`}>
        <button type="button" aria-label="Zoom in" onClick={() => actions.zoom(ZOOM_STEP)}>
          +
        </button>
        <button type="button" aria-label="Zoom out" onClick={() => actions.zoom(1 / ZOOM_STEP)}>
          −
        </button>
        <button type="button" onClick={addInTheMiddle}>
          Add a circle
        </button>
      </div>
      <ChoiceSetting name="theme" />
    </section>
  );
}
