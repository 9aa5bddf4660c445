import { useEffect, useId, useMemo } from 'react';
import { workedNeuron } from '../../../../src/bounds/worked.ts';
import { Term } from '../../../explain/Term.tsx';
import { formatPowerOfTwo } from '../../../format.ts';
import { type LayerBounds, placeOf, shownResults } from '../../../session/measured.ts';
import type { NeuronRef } from '../../../session/state.ts';
import shared from '../../../styles/shared.module.css';
import { useActions, useSessionState } from '../../../useSession.ts';
import { neuronKind } from '../intervals.ts';
import { derive } from './derive.ts';
import { PASSED_DIGITS } from './digits.ts';
import styles from './HowC.module.css';
import { Lines } from './Lines.tsx';

interface HowCProps {
  readonly chosen: NeuronRef | null;
  readonly onChoose: (neuron: NeuronRef) => void;
}

/** The first neuron that C counts, else the first. */
function firstUndecided(layers: readonly LayerBounds[]): NeuronRef {
  for (const [layer, { S }] of layers.entries())
    for (let neuron = 0; neuron < S.length; neuron++) if (S[neuron] === 1) return { layer, neuron };
  return { layer: 0, neuron: 0 };
}

const KINDS = {
  on: 'surely on',
  off: 'surely off',
  open: 'undecided',
  alarm: 'undecided',
} as const;

/** Algorithm 1 for one neuron in the selected circle, with the numbers of the layer before it; and how C is their sum. */
export function HowC({ chosen, onChoose }: HowCProps) {
  const fields = useId();
  const { highlight } = useActions();
  const results = useSessionState(shownResults);
  const id = useSessionState((s) => s.selected);
  const at = placeOf(results, id);
  const measured = results && at >= 0 ? { ...results.bounds[at], net: results.net } : null;
  const circle = results?.circles[at] ?? null;
  const net = results?.net ?? null;
  const layers = measured?.layers ?? null;
  // A network that has changed may have no such neuron any more.
  const kept = chosen !== null && chosen.neuron < (net?.widths[chosen.layer] ?? 0) ? chosen : null;
  const first = kept === null && layers ? firstUndecided(layers) : null;
  const { layer, neuron } = kept ?? first ?? { layer: 0, neuron: 0 };
  // What is shown first stays, whichever neurons are undecided while the circle moves.
  useEffect(() => {
    if (first !== null) onChoose({ layer: first.layer, neuron: first.neuron });
  }, [first, onChoose]);
  const work = useMemo(
    () => net && circle && workedNeuron(net, [circle.x, circle.y], circle.r, { layer, neuron }),
    [net, circle, layer, neuron],
  );
  const derivation = useMemo(() => work && circle && derive(work, circle.r), [work, circle]);
  if (!net || !measured || !layers || !work || !derivation) return null;
  const counts = layers.map(({ S }) => Array.from(S).reduce((sum, s) => sum + s, 0));
  const light = () => highlight({ layer, neuron });
  const choose = (next: NeuronRef) => {
    onChoose(next);
    highlight(next);
  };
  const coordinates = net.inputs === 2 ? ['x', 'y'] : null;
  return (
    <section
      className={styles.howC}
      aria-label="How C came about"
      data-layer={layer}
      data-neuron={neuron}
      onPointerEnter={light}
      onFocus={light}
    >
      <div className={styles.choice}>
        <span>
          <label htmlFor={`${fields}-layer`}>Layer</label>{' '}
          <select
            id={`${fields}-layer`}
            value={layer}
            onChange={({ target }) => choose({ layer: Number(target.value), neuron: 0 })}
          >
            {net.widths.map((_, k) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a layer is its index
              <option key={k} value={k}>
                {k + 1}
              </option>
            ))}
          </select>
        </span>
        <span>
          <label htmlFor={`${fields}-neuron`}>Neuron</label>{' '}
          <select
            id={`${fields}-neuron`}
            value={neuron}
            onChange={({ target }) => choose({ layer, neuron: Number(target.value) })}
          >
            {Array.from({ length: net.widths[layer] }, (_, j) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a neuron is its index
              <option key={j} value={j}>
                {j + 1}, {KINDS[neuronKind(layers[layer], null, j)]}
              </option>
            ))}
          </select>
        </span>
      </div>
      <Lines
        // Every neuron starts with its largest terms.
        key={`${layer}.${neuron}`}
        work={work}
        derivation={derivation}
        kind={layer > 0 ? 'neuron' : 'coordinate'}
        name={(i) => (layer === 0 && coordinates ? coordinates[i] : String(i + 1))}
        onPress={layer > 0 ? (i) => choose({ layer: layer - 1, neuron: i }) : null}
      />
      <p>
        <b>
          <Term name="C">C</Term>
        </b>{' '}
        is the number of neurons with S = 1, layer by layer:{' '}
        <span className={shared.nowrap} data-testid="C-sum">
          C = {counts.length > 1 && `${counts.join(' + ')} = `}
          {measured.C}
        </span>
        . Each may double the number of regions: at most{' '}
        <span className={shared.nowrap}>{formatPowerOfTwo(measured.C)}</span>.
      </p>
      <p className={shared.note}>
        {derivation.follows
          ? `Numbers are rounded. Within a neuron every result follows from the digits shown. What it passes on is its 64-bit number to ${PASSED_DIGITS} digits, and the next layer starts from the same digits${derivation.closer ? ', but in this one the terms nearly cancel, so the inputs have more' : ''}.`
          : 'These numbers meet at the limit of 64 bits: the last digits of a result are rounding.'}
      </p>
    </section>
  );
}
