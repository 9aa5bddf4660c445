import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useRef } from 'react';
import { CardHead } from '../CardHead.tsx';
import { useBeside } from '../explain/anchored.ts';
import { Term } from '../explain/Term.tsx';
import { formatNumber } from '../format.ts';
import { useSessionState } from '../useSession.ts';
import styles from './LegendMore.module.css';
import { creaseLook } from './looks.ts';
import type { Projection } from './projection.ts';

interface LegendMoreProps {
  readonly id: string;
  /** It is shown above this. */
  readonly legend: RefObject<HTMLElement | null>;
  /** Gets the focus back. */
  readonly button: RefObject<HTMLElement | null>;
  readonly p: Projection;
  readonly onClose: () => void;
}

function Line({ width, opacity }: { width: number; opacity: number }) {
  return (
    <svg className={styles.line} width={36} height={10} aria-hidden="true">
      <path d="M1,5H35" strokeWidth={width} opacity={opacity} />
    </svg>
  );
}

function Row({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <li>
      <span className={styles.icon}>{icon}</span>
      <span>{children}</span>
    </li>
  );
}

/** The layers of the network with the lines that their creases have. */
function Creases() {
  const layers = useSessionState((s) => s.settings.net.length - 2);
  const unchanged = creaseLook(0, false);
  return (
    <section>
      <h3>Lines</h3>
      <ul>
        {Array.from({ length: layers }, (_, layer) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a layer is its index
          <Row key={layer} icon={<Line {...creaseLook(layer, true)} />}>
            <Term name="crease">creases</Term> of layer {layer + 1}
          </Row>
        ))}
        <Row icon={<Line {...unchanged} />}>
          hardly visible: the output does not change there, so this crease bounds no{' '}
          <Term name="linear-region">linear region</Term>
        </Row>
        <li className={styles.aside}>
          Where regions crowd, all lines are fainter, so that the colours stay visible.
        </li>
        <Row
          icon={
            <svg width={20} height={20} viewBox="-10 -10 20 20" aria-hidden="true">
              <circle className={styles.dashed} r={8} />
            </svg>
          }
        >
          dashed: the largest circle in a region, its <Term name="insphere">insphere</Term>
        </Row>
      </ul>
    </section>
  );
}

function Axes({ p }: { p: Projection }) {
  const range = (from: number, to: number) => `${formatNumber(from)} to ${formatNumber(to)}`;
  return (
    <section>
      <h3>Axes</h3>
      <p>
        The first input runs to the right, here from {range(p.x(0), p.x(p.width))}. The second runs
        upwards, from {range(p.y(p.height), p.y(0))}. Both have the same scale.
      </p>
    </section>
  );
}

/** What the line of the legend has no room for. */
export function LegendMore({ id, legend, button, p, onClose }: LegendMoreProps) {
  const card = useRef<HTMLDivElement>(null);
  useBeside(card, legend.current, 'top-start');
  useEffect(() => card.current?.focus({ preventScroll: true }), []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    card.current?.hidePopover();
    button.current?.focus({ preventScroll: true });
  };
  return (
    <div
      id={id}
      ref={card}
      popover="auto"
      role="dialog"
      aria-label="How to read the map"
      tabIndex={-1}
      className={styles.card}
      data-testid="legend-more"
      onToggle={(event) =>
        event.target === card.current && event.newState === 'closed' && onClose()
      }
      onKeyDown={onKeyDown}
    >
      <CardHead onClose={() => card.current?.hidePopover()}>How to read the map</CardHead>
      <section>
        <h3>Colours of the regions</h3>
        <p>
          They only tell neighbours apart, and have no value. Each{' '}
          <Term name="activation-pattern">activation pattern</Term> keeps its colour.
        </p>
      </section>
      <Creases />
      <section>
        <h3>Marks</h3>
        <ul>
          <Row icon="● ■">filled: training points; hollow: test points</Row>
          <Row icon={<b>53</b>}>beside a circle: how many activation regions meet it</Row>
          <Row icon={<span className={styles.badge}>1</span>}>
            on its rim: its place in the list
          </Row>
          <Row icon={<span className={styles.lit} />}>what you point at</Row>
        </ul>
      </section>
      <section>
        <h3>Squares of a pattern</h3>
        <p>
          One row for each hidden layer, one square for each neuron: filled where the neuron is on,
          hollow where it is off.
        </p>
      </section>
      <Axes p={p} />
    </div>
  );
}
