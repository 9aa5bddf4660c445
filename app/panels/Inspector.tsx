import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { zaslavsky } from '../../src/bounds/regionBounds.ts';
import { PLACE_LIMITS, RADIUS_LIMITS } from '../../src/settings/compound.ts';
import { describeRegion, faceAt, regionJson, shownFace } from '../session/describe.ts';
import {
  type Measured,
  measuredCircle,
  placeOf,
  sampledCircle,
  shownResults,
} from '../session/measured.ts';
import { MOST_REGIONS } from '../session/pictures.ts';
import type { NeuronRef, SampledCircle } from '../session/state.ts';
import { isGone } from '../session/troubles.ts';
import shared from '../styles/shared.module.css';
import { useActions, useSessionState } from '../useSession.ts';
import styles from './Inspector.module.css';
import { BoundLadder } from './inspector/BoundLadder.tsx';
import { CircleList } from './inspector/CircleList.tsx';
import { Figures } from './inspector/Figures.tsx';
import { foundRegions } from './inspector/found.ts';
import { InspectorNotice } from './inspector/InspectorNotice.tsx';
import { IntervalStrip } from './inspector/IntervalStrip.tsx';
import { LoosenessRuler } from './inspector/LoosenessRuler.tsx';
import { NeuronTable } from './inspector/NeuronTable.tsx';
import { RegionCard } from './inspector/RegionCard.tsx';
import { Regions } from './Regions.tsx';

/** Worked through only where a person asks for it. */
const HowC = lazy(() =>
  import('./inspector/howC/HowC.tsx').then(
    ({ HowC }) => ({ default: HowC }),
    () => ({ default: NotLoaded }),
  ),
);

const NotLoaded = () => (
  <p className={shared.note}>
    This part could not be loaded. When the site can be reached, reload.
  </p>
);

/** How C came about, for a neuron that is chosen here or in the strip of intervals. */
function Derivation({
  chosen,
  onChoose,
}: {
  chosen: NeuronRef | null;
  onChoose: (neuron: NeuronRef) => void;
}) {
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>How C came about</summary>
      {open && (
        <Suspense>
          <HowC chosen={chosen} onChoose={onChoose} />
        </Suspense>
      )}
    </details>
  );
}

/** Radii the slider reaches: eight decades about the view, so that it can be set finely at any depth. */
const sliderRange = (half: number): [number, number] => [
  Math.max(RADIUS_LIMITS.min, half * 1e-6),
  Math.min(RADIUS_LIMITS.max, half * 100),
];

function Circles() {
  const { changeCircle, removeCircle, selectCircle } = useActions();
  const circles = useSessionState((s) => s.circles);
  const selected = useSessionState((s) => s.selected);
  const results = useSessionState(shownResults);
  const half = useSessionState((s) => s.settings.view.half);
  const summaries = circles.map((circle) => {
    const at = placeOf(results, circle.id);
    if (!results || at < 0) return { ...circle, C: null, exact: null };
    return {
      ...circle,
      C: results.bounds[at].C,
      exact: results.exact[at],
    };
  });
  return (
    <CircleList
      circles={summaries}
      selectedId={selected}
      limits={{
        rMin: RADIUS_LIMITS.min,
        rMax: RADIUS_LIMITS.max,
        slider: sliderRange(half),
        reach: PLACE_LIMITS.max,
      }}
      onSelect={selectCircle}
      onRadius={(id, r) => changeCircle(id, { r })}
      onMove={(id, x, y) => changeCircle(id, { x, y })}
      onRemove={removeCircle}
    />
  );
}

/** Tighter bounds on the selected circle, and the lower bound by samples; those of another circle are not shown. */
function Ladder({ measured, sampled }: { measured: Measured; sampled: SampledCircle | null }) {
  const ladder = useSessionState((s) => s.ladder);
  const open = useSessionState((s) => s.ladderOpen);
  const id = useSessionState((s) => s.selected);
  const results = useSessionState(shownResults);
  const { exact } = measured;
  const { openLadder } = useActions();
  const counting = useSessionState((s) => !isGone(s.troubles, 'discs'));
  const rungs = ladder?.circle.id === id ? ladder : null;
  // During movement the ladder is one step behind; beside the neurons of a newer step its bounds could look wrong.
  const behind =
    rungs !== null &&
    (rungs.results.net !== results?.net || !results.circles.includes(rungs.circle));
  const before = useMemo(() => rungs && measuredCircle(rungs.results, id), [rungs, id]);
  const switching = (behind ? before : measured)?.switching;
  const counts = switching?.map((layer) => layer.reduce((sum, bit) => sum + bit, 0));
  return (
    <BoundLadder
      rows={rungs?.rows ?? null}
      truth={
        counts
          ? { C: counts.reduce((sum, count) => sum + count, 0), zaslavsky: zaslavsky(counts, 2) }
          : null
      }
      counted={exact && { regions: exact.activationRegions, complete: exact.complete }}
      counting={counting}
      sampled={sampled}
      open={open}
      onToggle={openLadder}
    />
  );
}

function Region() {
  const picture = useSessionState((s) => s.picture);
  const hoverFace = useSessionState((s) => s.hoverFace);
  const focus = useSessionState((s) => s.focus);
  const circle = useSessionState((s) => s.circles.find((c) => c.id === s.selected) ?? null);
  const face = useMemo(() => {
    if (!picture) return -1;
    const shown = shownFace({ picture, hoverFace, focus });
    if (shown !== null) return shown;
    return circle ? faceAt(picture, circle.x, circle.y) : -1;
  }, [picture, hoverFace, focus, circle]);
  const facts = useMemo(() => picture && describeRegion(picture, face), [picture, face]);
  if (!facts) return null;
  return (
    <RegionCard facts={facts} onCopy={() => navigator.clipboard.writeText(regionJson(facts))} />
  );
}

/** The selected circle: the bound, the exact count beside it, and every neuron's part in both. */
function CirclesTab() {
  const actions = useActions();
  const circle = useSessionState((s) => s.circles.find((c) => c.id === s.selected) ?? null);
  const none = useSessionState((s) => s.circles.length === 0);
  const tool = useSessionState((s) => s.tool);
  const results = useSessionState(shownResults);
  const highlight = useSessionState((s) => s.highlight);
  const lost = useSessionState(
    (s) => isGone(s.troubles, 'compute') || isGone(s.troubles, 'training'),
  );
  const uncounted = useSessionState((s) => isGone(s.troubles, 'discs'));
  const leaky = useSessionState((s) => s.settings.act === 'leaky');
  const measured = useMemo(
    () => measuredCircle(results, circle?.id ?? null),
    [results, circle?.id],
  );
  const sampled = useSessionState((s) => sampledCircle(s.circleResults, s.sampled, s.selected));
  const found = foundRegions(measured?.exact ?? null, sampled);
  const [chosen, setChosen] = useState<NeuronRef | null>(null);
  return (
    <>
      {none ? <InspectorNotice state="empty" tool={tool} /> : <Circles />}
      {circle && !measured && <InspectorNotice state={lost ? 'lost' : 'computing'} />}
      {circle && measured && (
        <>
          <LoosenessRuler
            found={found}
            counting={measured.exact === null && !uncounted}
            exactLinear={measured.exact?.linearRegions ?? null}
            zaslavsky={measured.zaslavsky}
            C={measured.C}
          />
          <Figures C={measured.C} found={found} r={circle.r} />
          {leaky && (
            <p className={shared.note}>
              The paper’s Algorithm 1 is for ReLU; for leaky ReLU this is our extension of it.
            </p>
          )}
          <Ladder measured={measured} sampled={sampled} />
          <IntervalStrip
            layers={measured.layers}
            switching={measured.switching}
            highlighted={highlight}
            onHighlight={actions.highlight}
            onChoose={setChosen}
          />
          <Derivation chosen={chosen} onChoose={setChosen} />
          <NeuronTable layers={measured.layers} highlighted={highlight} />
        </>
      )}
    </>
  );
}

const TABS = [
  { key: 'circles', label: 'Circles' },
  { key: 'regions', label: 'Regions' },
] as const;

/** Circles or regions, and below them the region under the pointer. */
export function Inspector() {
  const [tab, setTab] = useState<(typeof TABS)[number]['key']>('circles');
  const partial = useSessionState(
    (s) => s.picture !== null && !s.picture.complex.complete && s.working === null,
  );
  const selected = useSessionState((s) => s.selected);
  // A user who places or selects a circle wants to read its numbers.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the selection is what is watched
  useEffect(() => setTab('circles'), [selected]);
  return (
    <>
      <nav className={styles.tabs} aria-label="Inspect">
        {TABS.map(({ key, label }) => (
          <button type="button" key={key} aria-pressed={tab === key} onClick={() => setTab(key)}>
            {label}
          </button>
        ))}
      </nav>
      {partial && <InspectorNotice state="incomplete" limit={MOST_REGIONS} />}
      {tab === 'circles' ? <CirclesTab /> : <Regions />}
      <Region />
    </>
  );
}
