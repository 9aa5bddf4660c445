import { useState } from 'react';
import { Term } from '../../explain/Term.tsx';
import { formatNumber } from '../../format.ts';
import type { LayerBounds } from '../../session/measured.ts';
import type { NeuronRef } from '../../session/state.ts';
import shared from '../../styles/shared.module.css';
import { layerC } from './intervals.ts';
import styles from './tables.module.css';

interface NeuronTableProps {
  /** Hidden layers in order. */
  readonly layers: readonly LayerBounds[];
  readonly highlighted?: NeuronRef | null;
}

/** A, U, P and S of every neuron; the rows are built only when it is opened. */
export function NeuronTable({ layers, highlighted = null }: NeuronTableProps) {
  const [open, setOpen] = useState(false);
  return (
    <details className={styles.neurons} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>A, U, P and S of every neuron</summary>
      {open && (
        <section
          className={styles.scroll}
          aria-label="Numbers of every neuron"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
          tabIndex={0}
        >
          {layers.map((layer, k) => (
            <LayerTable
              // biome-ignore lint/suspicious/noArrayIndexKey: a layer is its index
              key={k}
              index={k}
              layer={layer}
              lit={highlighted?.layer === k ? highlighted.neuron : -1}
            />
          ))}
          <p className={shared.note}>
            A: pre-activation at the centre. U: how far the output of the neuron can move in the
            circle. P: 1 when that output may not be affine there. S: 1 when its sign is undecided;
            C counts these.
          </p>
        </section>
      )}
    </details>
  );
}

function LayerTable({ index, layer, lit }: { index: number; layer: LayerBounds; lit: number }) {
  return (
    <table>
      <caption>
        Layer {index + 1}: C = {layerC(layer)}
      </caption>
      <thead>
        <tr>
          <th scope="col">Neuron</th>
          <th scope="col">
            <Term name="A">A</Term>
          </th>
          <th scope="col">
            <Term name="U">U</Term>
          </th>
          <th scope="col">
            <Term name="P">P</Term>
          </th>
          <th scope="col">
            <Term name="S">S</Term>
          </th>
        </tr>
      </thead>
      <tbody>
        {Array.from(layer.A, (a, j) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a neuron is its index
          <tr key={j} className={j === lit ? styles.lit : undefined}>
            <th scope="row">{j + 1}</th>
            <td>{formatNumber(a)}</td>
            <td>{formatNumber(layer.U[j])}</td>
            <td>{layer.P[j]}</td>
            <td className={layer.S[j] ? styles.undecided : undefined}>{layer.S[j]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
