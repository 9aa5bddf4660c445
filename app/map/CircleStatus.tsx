import { useEffect, useRef, useState } from 'react';
import { countOf, formatInteger } from '../format.ts';
import type { Circle, State } from '../session/state.ts';
import shared from '../styles/shared.module.css';
import { useSession, useSessionState } from '../useSession.ts';

/** A circle that has not moved for so long has arrived. */
const RESTING_MS = 600;
/** 2^C is said as a number as long as a double holds it. */
const LONGEST = 53;

const selectedCircle = (s: State) => s.circles.find(({ id }) => id === s.selected) ?? null;

/** What is known of the circle as it stands now; null before it was measured. */
const resultOf = ({ circleResults }: State, circle: Circle | null) => {
  const at = circle && circleResults ? circleResults.circles.indexOf(circle) : -1;
  return circleResults && at >= 0
    ? { C: circleResults.bounds[at].C, exact: circleResults.exact[at] }
    : null;
};

function sentence(s: State, circle: Circle): string {
  const result = resultOf(s, circle);
  if (result === null) return '';
  const { C, exact } = result;
  const bound = C <= LONGEST ? countOf(2 ** C, 'region') : `2 to the power of ${C} regions`;
  const count =
    exact === null
      ? 'still being counted'
      : `${exact.complete ? 'exactly' : 'at least'} ${formatInteger(exact.activationRegions)}`;
  return `Circle ${s.circles.indexOf(circle) + 1}: C ${C}, at most ${bound}, ${count}.`;
}

/** Announces bound and count of a circle that was set, moved or chosen once it stops, for screen readers. */
export function CircleStatus() {
  const { store } = useSession();
  const circle = useSessionState(selectedCircle);
  const bounded = useSessionState((s) => resultOf(s, selectedCircle(s)) !== null);
  const counted = useSessionState((s) => resultOf(s, selectedCircle(s))?.exact != null);
  const [said, setSaid] = useState('');
  // Not announced: the circle that the page started with, and the same circle after a training step.
  const told = useRef({ circle, counted: true });
  useEffect(() => {
    if (circle === null) setSaid('');
    if (circle === null || !bounded) return;
    if (told.current.circle === circle && (told.current.counted || !counted)) return;
    const timer = setTimeout(() => {
      told.current = { circle, counted };
      setSaid(sentence(store.getState(), circle));
    }, RESTING_MS);
    return () => clearTimeout(timer);
  }, [store, circle, bounded, counted]);
  return (
    <p className={shared.visuallyHidden} aria-live="polite" data-testid="circle-said">
      {said}
    </p>
  );
}
