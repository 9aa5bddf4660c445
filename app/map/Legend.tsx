import { type ReactNode, Suspense, useId, useRef, useState } from 'react';
import { useSize } from '../charts/useSize.ts';
import { Term } from '../explain/Term.tsx';
import { lazily } from '../lazily.tsx';
import { useRemembered } from '../remembered.ts';
import { useSessionState } from '../useSession.ts';
import { FieldScale } from './FieldScale.tsx';
import styles from './Legend.module.css';
import { BOUNDARY_WIDTH, creaseLook, HOLLOW_WIDTH } from './looks.ts';
import type { Projection } from './projection.ts';
import { ScaleBar } from './ScaleBar.tsx';

/** Nobody needs it before it is opened. */
const LegendMore = lazily(
  () => import('./LegendMore.tsx').then((chunk) => chunk.LegendMore),
  'The rest',
);

/** On a map narrower or lower than this, in widths of its type, the legend is folded until a person unfolds it. */
const ROOMY = { width: 50, height: 30 };

function Entry({
  icon,
  width = 14,
  children,
}: {
  icon: ReactNode;
  width?: number;
  children: ReactNode;
}) {
  return (
    <li>
      {/* They grow with the type. */}
      <svg
        width={`${width / 12}em`}
        height={`${14 / 12}em`}
        viewBox={`0 0 ${width} 14`}
        aria-hidden="true"
      >
        {icon}
      </svg>
      {children}
    </li>
  );
}

/** What is on the map now, in the order of how much it strikes the eye; what is hidden is not listed. */
function Marks() {
  const hide = useSessionState((s) => s.settings.hide);
  const circles = useSessionState((s) => s.circles.length > 0);
  const shows = (part: (typeof hide)[number]) => !hide.includes(part);
  const samples = shows('train') || shows('test');
  const { width, opacity } = creaseLook(0, true);
  const deep = creaseLook(4, true);
  return (
    <ul>
      {samples && (
        <>
          <Entry icon={<circle className={styles.class0} cx={7} cy={7} r={4.5} />}>class 0</Entry>
          <Entry icon={<rect className={styles.class1} x={3} y={3} width={8} height={8} />}>
            class 1
          </Entry>
        </>
      )}
      {shows('test') && (
        <Entry
          width={26}
          icon={
            <g className={styles.hollow} strokeWidth={HOLLOW_WIDTH}>
              <circle className={styles.class0} cx={6} cy={7} r={4.2} />
              <rect className={styles.class1} x={15} y={3.2} width={7.6} height={7.6} />
            </g>
          }
        >
          test
        </Entry>
      )}
      {shows('boundary') && (
        <Entry width={22} icon={<path d="M1,7H21" strokeWidth={BOUNDARY_WIDTH} />}>
          <Term name="decision-boundary">decision boundary</Term>
        </Entry>
      )}
      {shows('creases') && (
        <Entry
          width={22}
          icon={
            <>
              <path d="M1,5H21" strokeWidth={width} opacity={opacity} />
              <path d="M1,9.5H21" strokeWidth={deep.width} opacity={deep.opacity} />
            </>
          }
        >
          <span>
            <Term name="crease">creases</Term>, thinner = deeper
          </span>
        </Entry>
      )}
      {circles && (
        <Entry icon={<circle className={styles.ring} cx={7} cy={7} r={5} />}>circle</Entry>
      )}
    </ul>
  );
}

/** Along the lower edge of the map: what its marks and colours mean, and how large it is. */
export function Legend({ p }: { p: Projection }) {
  const [choice, remember] = useRemembered<string>('legend', '');
  const [edge, { em }] = useSize<HTMLDivElement>();
  const roomy = p.width >= ROOMY.width * em && p.height >= ROOMY.height * em;
  const folded = choice === '' ? !roomy : choice === 'folded';
  const [open, setOpen] = useState(false);
  const legend = useRef<HTMLElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  return (
    <div className={styles.edge} ref={edge}>
      <section
        ref={legend}
        className={styles.legend}
        aria-label="Legend"
        data-testid="map-legend"
        data-folded={folded}
      >
        <FieldScale />
        <details open={!folded}>
          {/* At once, as its toggle event comes later: the page may be left in between. */}
          {/* biome-ignore lint/a11y/noStaticElementInteractions: a summary is a button */}
          <summary
            onClick={(event) => {
              event.preventDefault();
              remember(folded ? 'open' : 'folded');
            }}
          >
            Legend
          </summary>
          <Marks />
          <button
            type="button"
            className={styles.more}
            ref={button}
            aria-haspopup="dialog"
            aria-expanded={open}
            popoverTarget={id}
            onClick={(event) => {
              // Once it is there, the browser itself opens and closes it.
              if (open) return;
              event.preventDefault();
              setOpen(true);
            }}
          >
            More
          </button>
        </details>
      </section>
      <ScaleBar p={p} />
      {open && (
        <Suspense>
          <LegendMore
            id={id}
            legend={legend}
            button={button}
            p={p}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </div>
  );
}
