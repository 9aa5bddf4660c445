import { clampView, tidyView } from '../../../src/settings/compound.ts';
import { addCircle } from '../../engine/edit.ts';
import { change } from '../../engine/run.ts';
import { useStore } from '../../store/store.ts';
import { ChoiceSetting } from './settingControls.tsx';

const LAYERS = [
  { key: 'creases', label: 'Creases' },
  { key: 'boundary', label: 'Decision boundary' },
  { key: 'train', label: 'Training points' },
  { key: 'test', label: 'Test points' },
] as const;

/** Factor of one press of a zoom button. */
const ZOOM = 1.5;

function zoomBy(factor: number): void {
  const { view } = useStore.getState().settings;
  change({
    view: clampView(tidyView({ ...view, half: view.half / factor })),
  });
}

/** A circle in the middle of the view, for those who do not point. */
function addInTheMiddle(): void {
  const { x, y } = useStore.getState().settings.view;
  addCircle(x, y);
}

export function ViewPanel() {
  const hide = useStore((s) => s.settings.hide);
  const show = useStore((s) => s.settings.show);
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
              change({
                hide: event.target.checked ? hide.filter((k) => k !== key) : [...hide, key],
              })
            }
          />
          {label}
        </label>
      ))}
      <div className="buttons">
        <button type="button" aria-label="Zoom in" onClick={() => zoomBy(ZOOM)}>
          +
        </button>
        <button type="button" aria-label="Zoom out" onClick={() => zoomBy(1 / ZOOM)}>
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
