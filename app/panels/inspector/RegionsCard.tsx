import { useState } from 'react';
import { Term } from '../../explain/Term.tsx';
import { atLeast, countOf, formatInteger, formatNumber } from '../../format.ts';
import { moveFocusToNext } from '../../map/keyboardFocus.ts';
import shared from '../../styles/shared.module.css';
import { Histogram } from './Histogram.tsx';
import styles from './RegionsCard.module.css';

type ListName = 'largest' | 'smallest' | 'mostNeighboured';

interface Item {
  readonly x: number;
  readonly y: number;
  readonly area: number;
  readonly neighbours: number;
  readonly cutByBox: boolean;
}

interface RegionsCardProps<T extends Item> {
  readonly regions: number;
  readonly linearRegions: number;
  /** The step that all of it belongs to, if training has continued since; otherwise null. */
  readonly step: number | null;
  /** False where the limit was reached: there are at least so many, and what was found may still be cut. */
  readonly complete: boolean;
  readonly area: { readonly min: number; readonly median: number; readonly max: number };
  readonly meanDegree: number;
  readonly histogram: { readonly first: number; readonly counts: readonly number[] };
  readonly lists: Readonly<Record<ListName, readonly T[]>>;
  /** The region of the lists that is marked on the map. */
  readonly marked: { readonly x: number; readonly y: number } | null;
  readonly onGo: (item: T) => void;
  /** If the lists belong to an earlier view: back to it, or on to this one. */
  readonly onBack: (() => void) | null;
  readonly onRelist: () => void;
}

const LISTS: readonly { key: ListName; label: string }[] = [
  { key: 'largest', label: 'Largest' },
  { key: 'smallest', label: 'Smallest' },
  { key: 'mostNeighboured', label: 'Most neighbours' },
];

/** All regions in view: their sizes, their numbers of neighbours, and lists of the most extreme ones to go to. */
export function RegionsCard<T extends Item>(props: RegionsCardProps<T>) {
  const { regions, linearRegions, complete, area, meanDegree, histogram, lists, marked } = props;
  const [name, setName] = useState<ListName>('largest');
  const at = props.step === null ? '' : ` at step ${formatInteger(props.step)}`;
  // Cells of a partial picture may still be cut: their sizes and neighbours would not be those of regions.
  if (!complete)
    return (
      <section className={styles.regions} aria-label="Regions in view">
        <p data-testid="overview" data-regions={regions}>
          <Term name="at-least">At least</Term> <b>{countOf(regions, 'activation region')}</b> in
          view{at}: the limit was reached. Zoom in to have them measured and listed.
        </p>
      </section>
    );
  return (
    <section className={styles.regions} aria-label="Regions in view">
      <p data-testid="overview" data-regions={regions}>
        <b>
          {formatInteger(regions)}{' '}
          <Term name="activation-region">
            {regions === 1 ? 'activation region' : 'activation regions'}
          </Term>
        </b>{' '}
        in {props.onBack ? 'the view you came from' : 'view'}
        {at}, {formatInteger(linearRegions)} <Term name="linear-region">linear</Term>;{' '}
        {formatNumber(meanDegree)} <Term name="neighbours">neighbours</Term> each on average.
      </p>
      <div>
        <h2>
          <Term name="area">Area</Term>
        </h2>
        <Histogram {...histogram} />
        <p className={shared.note}>
          From {formatNumber(area.min)} to {formatNumber(area.max)}, half of them below{' '}
          {formatNumber(area.median)}. At the edge of the view only the part in it counts.
        </p>
      </div>
      <fieldset className={styles.segments}>
        <legend className={shared.visuallyHidden}>List</legend>
        {LISTS.map(({ key, label }) => (
          <button type="button" key={key} aria-pressed={name === key} onClick={() => setName(key)}>
            {label}
          </button>
        ))}
      </fieldset>
      <div>
        <div className={styles.head} aria-hidden="true">
          <span>Area</span>
          <span>Neighbours</span>
        </div>
        <ol aria-label={LISTS.find(({ key }) => key === name)?.label}>
          {lists[name].map((item, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place, and keeps the keyboard while the regions change
            <li key={place} ref={moveFocusToNext}>
              <button
                type="button"
                className={styles.row}
                aria-pressed={marked?.x === item.x && marked.y === item.y}
                aria-label={`Go to the region of area ${formatNumber(item.area)} with ${countOf(item.neighbours, 'neighbour')}${item.cutByBox ? ', cut by the edge of the view' : ''}`}
                onClick={() => props.onGo(item)}
              >
                <span>{atLeast(formatNumber(item.area), item.cutByBox)}</span>
                <span>{atLeast(formatInteger(item.neighbours), item.cutByBox)}</span>
              </button>
            </li>
          ))}
        </ol>
      </div>
      {props.onBack && (
        <div className={styles.back} ref={moveFocusToNext}>
          <button type="button" onClick={props.onBack}>
            Back
          </button>
          <button type="button" className={shared.quiet} onClick={props.onRelist}>
            List this view instead
          </button>
        </div>
      )}
    </section>
  );
}
