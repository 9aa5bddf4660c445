import { BOUND_METHODS } from '../../src/bounds/methods.ts';
import { countTable, outputTable } from '../colour.ts';
import { METHOD_TERMS } from '../explain/settingTerms.ts';
import { Term } from '../explain/Term.tsx';
import { formatNumber, formatPercent } from '../format.ts';
import type { FieldPicture, FieldStatus } from '../session/state.ts';
import shared from '../styles/shared.module.css';
import { useDark } from '../useDark.ts';
import { useSessionState } from '../useSession.ts';
import { fieldRange } from './drawField.ts';
import styles from './Legend.module.css';

/** A CSS gradient through a colour table. */
function gradient(table: Uint8ClampedArray): string {
  const stops = Array.from({ length: 9 }, (_, i) => {
    const entry = 4 * Math.round((i / 8) * 255);
    return `rgb(${table[entry]} ${table[entry + 1]} ${table[entry + 2]})`;
  });
  return `linear-gradient(to right, ${stops.join(', ')})`;
}

function Meaning({ field: { kind, r, method } }: { field: FieldPicture }) {
  if (kind === 'bound')
    return (
      <p>
        <Term name="C">C</Term> by{' '}
        <Term name={METHOD_TERMS[method]}>{BOUND_METHODS[method].name}</Term>: at most this many
        neurons are undecided within {formatNumber(r)} of each pixel
      </p>
    );
  if (kind === 'distance')
    return (
      <p>
        <Term name="distance">Distance to the nearest crease</Term> (approximate). C is 0 in every
        smaller circle
      </p>
    );
  return (
    <p>
      <Term name="output">Output of the network</Term> (logit): class 0 below zero, class 1 above
    </p>
  );
}

function Scale({ field, dark }: { field: FieldPicture; dark: boolean }) {
  const [low, high] = fieldRange(field);
  const output = field.kind === 'output';
  return (
    <>
      <span>{output ? `≤ ${formatNumber(low)}` : '0'}</span>
      <i style={{ background: gradient(output ? outputTable(dark) : countTable()) }} />
      <span>{output ? `≥ ${formatNumber(high)}` : formatNumber(high)}</span>
    </>
  );
}

/** How far a picture is that takes long, or how coarse it stays. */
function Status({ status }: { status: FieldStatus }) {
  const bound = useSessionState((s) => s.settings.show === 'bound');
  if (status.state === 'coarse')
    return (
      <p className={shared.muted}>
        One {bound ? 'ball' : 'value'} for each {status.pixels} × {status.pixels} pixels: a finer
        picture would take too long.
      </p>
    );
  const what = bound ? BOUND_METHODS[status.method].name : 'A finer picture';
  return (
    <p className={shared.muted} role="status">
      {what}: {formatPercent(status.done, 0)} done
    </p>
  );
}

/** What the colours of a field mean, also while the legend is folded; nothing while regions are coloured by pattern. */
export function FieldScale() {
  const field = useSessionState((s) => s.field);
  const show = useSessionState((s) => s.settings.show);
  const dark = useDark();
  const status = useSessionState((s) => s.fieldStatus);
  const known = field?.kind === show ? field : null;
  if (show === 'regions' || !(known || status)) return null;
  return (
    <div className={styles.field} data-testid="legend">
      {known && <Scale field={known} dark={dark} />}
      <div>
        {known && <Meaning field={known} />}
        {status && <Status status={status} />}
      </div>
    </div>
  );
}
