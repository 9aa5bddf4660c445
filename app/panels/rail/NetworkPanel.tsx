import { layerWidthField, MAX_HIDDEN_LAYERS } from '../../../src/settings/compound.ts';
import { countOf } from '../../format.ts';
import shared from '../../styles/shared.module.css';
import { useActions, useSessionState } from '../../useSession.ts';
import { ActionButton } from '../ActionButton.tsx';
import { NumberControl } from './NumberControl.tsx';
import styles from './rail.module.css';
import { ChoiceSetting, NumberSetting } from './settingControls.tsx';

function HiddenLayers() {
  const { change } = useActions();
  const widths = useSessionState((s) => s.settings.net);
  const hidden = widths.slice(1, -1);
  const setHidden = (next: readonly number[]) => change({ net: [2, ...next, 1] });
  return (
    <fieldset className={styles.layers}>
      <legend>Hidden layers</legend>
      {hidden.map((width, layer) => (
        <NumberControl
          // biome-ignore lint/suspicious/noArrayIndexKey: layers have no other name than their place
          key={layer}
          slider
          field={layerWidthField(`Layer ${layer + 1}`)}
          value={width}
          onChange={(next) => setHidden(hidden.map((w, k) => (k === layer ? next : w)))}
        />
      ))}
      <div className={`${shared.buttons} ${styles.below}`}>
        <ActionButton
          disabled={hidden.length >= MAX_HIDDEN_LAYERS}
          onClick={() => setHidden([...hidden, hidden[hidden.length - 1]])}
        >
          Add a layer
        </ActionButton>
        <ActionButton disabled={hidden.length <= 1} onClick={() => setHidden(hidden.slice(0, -1))}>
          Remove
        </ActionButton>
      </div>
    </fieldset>
  );
}

export function NetworkPanel() {
  const leaky = useSessionState((s) => s.settings.act === 'leaky');
  const widths = useSessionState((s) => s.settings.net);
  const neurons = widths.slice(1, -1).reduce((sum, width) => sum + width, 0);
  return (
    <section aria-labelledby="network-heading">
      <h2 id="network-heading">Network</h2>
      <p className={shared.muted}>
        {widths.join('–')}, {countOf(neurons, 'hidden neuron')}
      </p>
      <HiddenLayers />
      <ChoiceSetting name="act" />
      {leaky && <NumberSetting name="slope" />}
      <ChoiceSetting name="init" />
      <NumberSetting name="seed" />
    </section>
  );
}
