import { layerWidthField, MAX_HIDDEN_LAYERS } from '../../../src/settings/compound.ts';
import { Term } from '../../explain/Term.tsx';
import { countOf } from '../../format.ts';
import shared from '../../styles/shared.module.css';
import { useActions, useSessionState } from '../../useSession.ts';
import { ActionButton } from '../ActionButton.tsx';
import { NumberControl } from './NumberControl.tsx';
import { RailGroup } from './RailGroup.tsx';
import styles from './rail.module.css';
import { ChoiceSetting, NumberSetting } from './settingControls.tsx';
import { networkSummary } from './summaries.ts';

function HiddenLayers() {
  const { change } = useActions();
  const widths = useSessionState((s) => s.settings.net);
  const hidden = widths.slice(1, -1);
  const setHidden = (next: readonly number[]) => change({ net: [2, ...next, 1] });
  return (
    <fieldset className={styles.layers}>
      <legend>
        <Term name="hidden-layer">Hidden layers</Term>:{' '}
        {countOf(
          hidden.reduce((sum, width) => sum + width, 0),
          'neuron',
        )}
      </legend>
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
  const summary = useSessionState((s) => networkSummary(s.settings));
  return (
    <RailGroup
      name="network"
      title="Network"
      state={summary}
      more={
        <>
          <ChoiceSetting name="init" />
          <NumberSetting name="seed" />
        </>
      }
    >
      <HiddenLayers />
      <ChoiceSetting name="act" />
      {leaky && <NumberSetting name="slope" />}
    </RailGroup>
  );
}
