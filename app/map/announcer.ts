import { countOf, formatInteger } from '../format.ts';
import { placeOf } from '../session/measured.ts';
import type { Circle, State } from '../session/state.ts';

/** What has not changed for so long is at rest. */
const RESTING_MS = 1000;
/** While it changes, it is told at most this often. */
const MOVING_MS = 2000;
/** 2^C is said as a number as long as a double holds it. */
const LONGEST = 53;

/** What is to be said of the selected circle. */
interface Said {
  /** As the circle stands now; a moved circle is another one. */
  readonly circle: Circle;
  /** While the numbers change: those measured last. */
  readonly brief: string;
  /** Once they rest; null while these are of an earlier place. */
  readonly full: string | null;
  /** Measured in the network that is shown, and counted. */
  readonly settled: boolean;
}

function whatToSay(s: State): Said | null {
  const index = s.circles.findIndex(({ id }) => id === s.selected);
  const { circleResults } = s;
  const at = placeOf(circleResults, s.selected);
  if (index < 0 || circleResults === null || at < 0) return null;
  const circle = s.circles[index];
  const { C } = circleResults.bounds[at];
  const exact = circleResults.exact[at];
  const least = exact?.complete === false ? 'at least ' : '';
  const bound = C <= LONGEST ? countOf(2 ** C, 'region') : `2 to the power of ${C} regions`;
  const count = exact
    ? `${exact.complete ? 'exactly' : 'at least'} ${formatInteger(exact.activationRegions)}`
    : 'still being counted';
  const current = circleResults.circles[at] === circle;
  const { frame } = s;
  return {
    circle,
    settled: exact !== null && current && frame?.step === circleResults.step,
    brief: exact ? `${least}${countOf(exact.activationRegions, 'region')}, C ${C}` : `C ${C}`,
    full: current ? `Circle ${index + 1}: C ${C}, at most ${bound}, ${count}.` : null,
  };
}

/**
 * Says bound and count of the selected circle when they change: briefly every two seconds while it is moved or the network
 * learns, in full once they have rested for a second. What the page started with is not said. Returns what hears of every
 * state, and what ends that.
 */
export function createAnnouncer(beginning: State, say: (text: string) => void) {
  const first = beginning.circles.find(({ id }) => id === beginning.selected) ?? null;
  /** What the page started with is still on its way. */
  let starting = first !== null;
  let heard: readonly unknown[] = [];
  let now: Said | null = null;
  let told = '';
  let resting: ReturnType<typeof setTimeout> | undefined;
  let moving: ReturnType<typeof setTimeout> | undefined;

  const tell = (text: string) => {
    if (text !== told) say(text);
    told = text;
  };
  const rested = () => {
    resting = undefined;
    clearTimeout(moving);
    moving = undefined;
    if (now?.full) tell(now.full);
  };
  const moved = () => {
    moving = undefined;
    if (now && resting !== undefined) tell(now.brief);
  };
  return {
    hear(s: State): void {
      const parts = [s.circles, s.selected, s.circleResults, s.frame];
      if (parts.every((part, i) => part === heard[i])) return;
      heard = parts;
      const before = now;
      now = whatToSay(s);
      if (now === null) {
        if (s.selected === null) tell('');
        return;
      }
      const { circle, brief, full } = now;
      const same = before?.circle === circle && before.brief === brief && before.full === full;
      if (starting) {
        const { status } = s.frame ?? {};
        starting = circle === first && status !== 'playing' && (same || !before?.settled);
        if (starting) return;
      }
      if (same) return;
      clearTimeout(resting);
      resting = setTimeout(rested, RESTING_MS);
      moving ??= setTimeout(moved, MOVING_MS);
    },
    end(): void {
      clearTimeout(resting);
      clearTimeout(moving);
    },
  };
}
