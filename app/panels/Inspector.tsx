import { type ReactNode, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { zaslavsky } from '../../src/bounds/regionBounds.ts';
import { PLACE_LIMITS, RADIUS_LIMITS } from '../../src/settings/compound.ts';
import { lazily } from '../lazily.tsx';
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
import { Folding } from './Folding.tsx';
import styles from './Inspector.module.css';
import { BoundLadder } from './inspector/BoundLadder.tsx';
import { CircleHead } from './inspector/CircleHead.tsx';
import { foundRegions } from './inspector/found.ts';
import { InspectorNotice } from './inspector/InspectorNotice.tsx';
import { IntervalStrip } from './inspector/IntervalStrip.tsx';
import { countNeurons } from './inspector/intervals.ts';
import { LoosenessRuler } from './inspector/LoosenessRuler.tsx';
import { NeuronTable } from './inspector/NeuronTable.tsx';
import { RegionCard } from './inspector/RegionCard.tsx';
import { WhySoHigh } from './inspector/WhySoHigh.tsx';
import { Regions } from './Regions.tsx';

/** Worked through only where a person asks for it. */
const HowC = lazily(
  () => import('./inspector/howC/HowC.tsx').then((chunk) => chunk.HowC),
  'This part',
);

/** Radii the slider reaches: eight decades about the view, so that it can be set finely at any depth. */
const sliderRange = (half: number): [number, number] => [
  Math.max(RADIUS_LIMITS.min, half * 1e-6),
  Math.min(RADIUS_LIMITS.max, half * 100),
];

function Circles() {
  const { changeCircle, clearCircles, removeCircle, selectCircle } = useActions();
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
    <CircleHead
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
      onClear={clearCircles}
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

/** The region under the pointer, that was gone to, or in the middle of the selected circle. */
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
  if (!facts) return <p className={shared.note}>Point at a region of the map to read it here.</p>;
  return (
    <RegionCard facts={facts} onCopy={() => navigator.clipboard.writeText(regionJson(facts))} />
  );
}

/** The selected circle: the bound, the exact count beside it, and every neuron's part in both. */
function SelectedCircle() {
  const actions = useActions();
  const circle = useSessionState((s) => s.circles.find((c) => c.id === s.selected) ?? null);
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
  const [chosen, setChosen] = useState<NeuronRef | null>(null);
  if (!circle) return null;
  if (!measured) return <InspectorNotice state={lost ? 'lost' : 'computing'} />;
  const { layers, switching, exact, zaslavsky: product, C } = measured;
  const found = foundRegions(exact, sampled);
  return (
    <>
      <LoosenessRuler
        found={found}
        counting={exact === null && !uncounted}
        exactLinear={exact?.linearRegions ?? null}
        zaslavsky={product}
        C={C}
      />
      <WhySoHigh counts={countNeurons(layers, switching)} found={found} />
      {leaky && (
        <p className={shared.note}>
          The paper’s Algorithm 1 is for ReLU; for leaky ReLU this is our extension of it.
        </p>
      )}
      <Section name="neurons" title="Neurons" initial>
        <IntervalStrip
          layers={layers}
          switching={switching}
          highlighted={highlight}
          onHighlight={actions.highlight}
          onChoose={setChosen}
        />
        <NeuronTable layers={layers} highlighted={highlight} />
      </Section>
      <Section name="how-c" title="How C came about">
        <Suspense>
          <HowC chosen={chosen} onChoose={setChosen} />
        </Suspense>
      </Section>
      <Ladder measured={measured} sampled={sampled} />
    </>
  );
}

/** A part of the inspector under its name, built while it is open. */
function Section({
  name,
  title,
  initial = false,
  children,
}: {
  name: string;
  title: string;
  initial?: boolean;
  children: ReactNode;
}) {
  return (
    <Folding
      name={`inspector.${name}`}
      className={styles.section}
      summary={<h2>{title}</h2>}
      initial={initial}
      lazy
    >
      {children}
    </Folding>
  );
}

/** The regions in view: measured as long as this is open, so not from the start. */
function RegionsInView() {
  const [open, setOpen] = useState(false);
  return (
    <details
      className={styles.section}
      open={open}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>
        <h2>Regions in view</h2>
      </summary>
      {open && <Regions />}
    </details>
  );
}

/** One circle and its bound from top to bottom; below it the region under the pointer, and those in view. */
export function Inspector() {
  const partial = useSessionState(
    (s) => s.picture !== null && !s.picture.complex.complete && s.working === null,
  );
  const { addCircleInView } = useActions();
  const none = useSessionState((s) => s.circles.length === 0);
  const tool = useSessionState((s) => s.tool);
  const selected = useSessionState((s) => s.selected);
  const top = useRef<HTMLDivElement>(null);
  const seen = useRef(selected);
  // A user who places or selects a circle wants to read its numbers.
  useEffect(() => {
    if (seen.current !== selected && selected !== null)
      top.current?.scrollIntoView({ block: 'nearest' });
    seen.current = selected;
  }, [selected]);
  return (
    <>
      {partial && <InspectorNotice state="incomplete" limit={MOST_REGIONS} />}
      <div ref={top}>
        {none ? <InspectorNotice state="empty" tool={tool} onAdd={addCircleInView} /> : <Circles />}
      </div>
      <SelectedCircle />
      <Section name="region" title="Region" initial>
        <Region />
      </Section>
      <RegionsInView />
    </>
  );
}
