import { type ComponentProps, useEffect, useRef, useState } from 'react';
import { writeLink } from '../../src/settings/link.ts';
import { formatInteger } from '../format.ts';
import { playAction } from '../panels/Transport.tsx';
import { openScene, showsLine } from '../scenes/openScene.ts';
import { linkSettings } from '../session/link.ts';
import { useShortcut } from '../shortcuts.tsx';
import shared from '../styles/shared.module.css';
import { useActions, useSession, useSessionState } from '../useSession.ts';
import { useFullScreen } from './fullScreen.ts';
import { Headline } from './Headline.tsx';
import styles from './Presentation.module.css';
import {
  nameOfStop,
  nextPlace,
  type Place,
  placeOfCircle,
  placeOfScene,
  sceneStops,
} from './stops.ts';
import { useAwake } from './useAwake.ts';

/** A scene that has opened is announced when its first numbers are there. */
const RESTING_MS = 800;

/** What was on the stage before the scenes: a link to it, and the place of the circle that was chosen. */
interface Own {
  readonly hash: string;
  readonly circle: number;
}

/** What steps through the circles and through the scenes; before the first scene comes what was there before it. */
function useSteps() {
  const { store, actions } = useSession();
  const [own, setOwn] = useState<Own | null>(null);
  /** Remembers what the next scene would throw away: a network of one's own, or a scene with circles of one's own. */
  const keep = (): void => {
    const state = store.getState();
    const open = openScene(state);
    if (open !== null && (own !== null || showsLine(open, state))) return;
    setOwn({ hash: writeLink(linkSettings(state)), circle: placeOfCircle(state) });
  };
  const bringBack = ({ hash, circle }: Own): void => {
    actions.openScene(hash, false);
    const { circles } = store.getState();
    if (circle >= 0) actions.selectCircle(circles[circle].id);
  };
  const circle = (by: 1 | -1): void => {
    const { circles, selected } = store.getState();
    const next = nextPlace({ at: placeOfCircle({ circles, selected }), of: circles.length }, by);
    if (next !== null) actions.selectCircle(circles[next].id);
  };
  const scene = (by: 1 | -1): void => {
    const at = placeOfScene(store.getState());
    const next = nextPlace({ at, of: sceneStops.length }, by);
    if (next === null && at === 0 && own !== null) bringBack(own);
    if (next === null) return;
    keep();
    const stop = sceneStops[next];
    actions.openScene(stop.view.hash, stop.scene.plays === true);
  };
  /** With several circles on the map those, else the scenes. */
  const either = (by: 1 | -1): void =>
    store.getState().circles.length > 1 ? circle(by) : scene(by);
  return { circle, scene, either, own: own !== null };
}

/** The page’s root element, which has the size, the theme and the keys. */
const rootOf = (part: HTMLElement | null): HTMLElement | null =>
  part?.closest<HTMLElement>('[data-presenting]') ?? null;

/** Takes the arrow keys before the map does, whose regions and circles they move outside of a presentation. */
function useArrowsOnMap(part: React.RefObject<HTMLElement | null>, step: (by: 1 | -1) => void) {
  const newest = useRef(step);
  newest.current = step;
  useEffect(() => {
    const root = rootOf(part.current);
    const press = (event: KeyboardEvent) => {
      const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
      if (by === 0 || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (!(event.composedPath()[0] instanceof SVGElement)) return;
      event.preventDefault();
      event.stopPropagation();
      newest.current(by);
    };
    root?.addEventListener('keydown', press, true);
    return () => root?.removeEventListener('keydown', press, true);
  }, [part]);
}

/** A press leaves the keyboard where it is: the next Space plays, and does not press this again. */
function Control(props: ComponentProps<'button'>) {
  return <button type="button" onMouseDown={(event) => event.preventDefault()} {...props} />;
}

interface StepperProps {
  readonly what: string;
  readonly place: Place;
  readonly step: (by: 1 | -1) => void;
  /** What the place is called; where none is chosen, what is there instead. */
  readonly title?: string;
  /** The way back from the first place leads to what was there before. */
  readonly back?: boolean;
}

/** “Circle 2 of 5”, and what leads to the one before and after. */
function Stepper({ what, place, step, title, back = false }: StepperProps) {
  const { at, of } = place;
  const turn = (by: 1 | -1, word: string, sign: string) => (
    <Control
      aria-label={`${word} ${what.toLowerCase()}`}
      aria-disabled={nextPlace(place, by) === null && !(back && by < 0)}
      onClick={() => step(by)}
    >
      {sign}
    </Control>
  );
  return (
    <fieldset className={styles.stepper} aria-label={`${what}s`}>
      {turn(-1, 'Previous', '‹')}
      <p>
        {at < 0 ? (title ?? `${of} ${what.toLowerCase()}s`) : `${what} ${at + 1} of ${of}`}
        {at >= 0 && title !== undefined && <span className={styles.title}>: {title}</span>}
      </p>
      {turn(1, 'Next', '›')}
    </fieldset>
  );
}

/** Play, and how far the run is. */
function Progress() {
  const actions = useActions();
  const status = useSessionState((s) => s.frame?.status ?? 'paused');
  const step = useSessionState((s) => s.frame?.step ?? 0);
  const [label, press] = playAction(status);
  const states = {
    playing: 'Playing',
    replaying: 'Replaying',
    paused: 'Paused',
    diverged: 'Diverged',
  };
  return (
    <div>
      <Control aria-label={label} title={label} onClick={actions[press]}>
        {label === 'Pause' ? '❚❚' : label === 'Play' ? '▶' : '↺'}
      </Control>
      <p data-testid="presented-step">
        {states[status]}, step {formatInteger(step)}
      </p>
    </div>
  );
}

/** Announces a scene that was opened here: what it is, and how many regions there are. */
function SceneStatus({
  place,
  headline,
}: {
  place: Place;
  headline: React.RefObject<HTMLElement | null>;
}) {
  const [said, setSaid] = useState('');
  const told = useRef(place.at);
  const { at, of } = place;
  useEffect(() => {
    if (at === told.current || at < 0) return;
    const timer = setTimeout(() => {
      told.current = at;
      setSaid(
        `Scene ${at + 1} of ${of}: ${nameOfStop(sceneStops[at])}. ${headline.current?.textContent}`,
      );
    }, RESTING_MS);
    return () => clearTimeout(timer);
  }, [at, of, headline]);
  return (
    <p className={shared.visuallyHidden} aria-live="polite" data-testid="scene-said">
      {said}
    </p>
  );
}

/** What the open scene shows, as long as it is true; its place stays, so that the map keeps its size. */
function SceneLine() {
  const line = useSessionState((s) => {
    const open = openScene(s);
    return open !== null && showsLine(open, s) ? open.view.line : '';
  });
  return (
    <p className={styles.said} data-testid="presented-line">
      {line}
    </p>
  );
}

/** What stands around the map before an audience: one sentence above it, and one quiet line below. */
export function Presentation() {
  const { present, notify } = useActions();
  const title = useRef<HTMLHeadingElement>(null);
  const circles = useSessionState((s) => s.circles.length);
  const circle = useSessionState(placeOfCircle);
  const scene = useSessionState(placeOfScene);
  const steps = useSteps();
  const awake = useAwake(() => rootOf(title.current));
  const { full, toggle, leave } = useFullScreen(() => rootOf(title.current), notify);
  useArrowsOnMap(title, steps.either);
  useShortcut('previous', () => steps.either(-1));
  useShortcut('next', () => steps.either(1));
  useShortcut('previousScene', () => steps.scene(-1));
  useShortcut('nextScene', () => steps.scene(1));
  useShortcut('fullScreen', toggle);
  useShortcut('close', () => leave() || present(false));
  // Whoever presents by keyboard starts here, and hears the sentence.
  useEffect(() => title.current?.focus({ preventScroll: true }), []);
  const scenePlace = { at: scene, of: sceneStops.length };
  return (
    <>
      <section className={styles.headline} aria-label="Headline">
        <h1 ref={title} tabIndex={-1} data-testid="presented">
          <Headline />
        </h1>
        <SceneLine />
      </section>
      <footer className={styles.line} data-awake={awake}>
        <Progress />
        {circles > 1 && (
          <Stepper what="Circle" place={{ at: circle, of: circles }} step={steps.circle} />
        )}
        <Stepper
          what="Scene"
          place={scenePlace}
          step={steps.scene}
          title={scene < 0 ? 'Your own network' : nameOfStop(sceneStops[scene])}
          back={steps.own && scene === 0}
        />
        <div>
          {document.fullscreenEnabled && (
            <Control aria-pressed={full} title="Full screen (F)" onClick={toggle}>
              Full screen
            </Control>
          )}
          <Control title="Leave the presentation (Esc)" onClick={() => present(false)}>
            Leave
          </Control>
        </div>
      </footer>
      <SceneStatus place={scenePlace} headline={title} />
    </>
  );
}
