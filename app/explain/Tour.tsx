import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { createPortal, flushSync } from 'react-dom';
import { homeOf } from '../map/keyboardFocus.ts';
import shared from '../styles/shared.module.css';
import { showBeside } from './anchored.ts';
import styles from './Term.module.css';
import { TOUR, type TourStep } from './tourSteps.ts';
import { isThere, partOf, reveal, scrollTo } from './tourStops.ts';

interface TourProps {
  /** What started it, and gets the focus back. */
  readonly from: HTMLElement;
  /** The root element of the page around it, which may lose that before the tour ends. */
  readonly page: Element;
  readonly onLeave: () => void;
}

/**
 * The tour: a card beside one part of the page after another, which is outlined. The page can be used all the while. Parts
 * that are not there are left out.
 */
export function Tour({ from, page, onLeave }: TourProps): ReactNode {
  const card = useRef<HTMLDivElement>(null);
  const ring = useRef<HTMLDivElement>(null);
  const id = useId();
  const [steps, setSteps] = useState<readonly TourStep[]>([]);
  const [at, setAt] = useState(0);
  const step = steps.at(at);

  useEffect(() => {
    const root = card.current?.parentElement;
    if (!root) return;
    setSteps(TOUR.filter((one) => isThere(root, one)));
  }, []);

  const leave = () => {
    const { current } = card;
    const home = current && homeOf(current);
    // What started it may be hidden as long as the tour lasts.
    flushSync(onLeave);
    if (from.isConnected) from.focus();
    else home?.focus({ preventScroll: true });
  };
  const go = (to: number) => (to >= steps.length ? leave() : setAt(Math.max(0, to)));

  // biome-ignore lint/correctness/useExhaustiveDependencies: the step is what is watched
  useEffect(() => {
    const [element, outline] = [card.current, ring.current];
    const root = element?.parentElement;
    if (!element || !outline || !root || !step) return;
    const conceal = reveal(root, step.behind ?? []);
    let end = () => {};
    const show = () => {
      const part = partOf(root, step);
      // It went away during the tour.
      if (part === null) return go(at + 1);
      scrollTo(root, part);
      // React may put another element in its place.
      const getBoundingClientRect = () => (partOf(root, step) ?? part).getBoundingClientRect();
      // Shown first, it stays below the card.
      if (!outline.matches(':popover-open')) outline.showPopover();
      end = showBeside(element, { getBoundingClientRect }, step.placement, () => {
        const { left, top, width, height } = getBoundingClientRect();
        Object.assign(outline.style, {
          left: `${left}px`,
          top: `${top}px`,
          width: `${width}px`,
          height: `${height}px`,
        });
      });
      // So that a screen reader reads every step.
      element.focus({ preventScroll: true });
    };
    // What has been opened is laid out by then.
    const frame = requestAnimationFrame(show);
    return () => {
      cancelAnimationFrame(frame);
      end();
      conceal();
    };
  }, [step]);

  useEffect(() => {
    const root = card.current?.parentElement;
    if (!root) return;
    const page = root.ownerDocument;
    const press = (event: globalThis.KeyboardEvent) => {
      const path = event.composedPath();
      if (event.key !== 'Escape' || event.defaultPrevented || root.querySelector('dialog:modal'))
        return;
      if (!path.includes(root) && path[0] !== page.body) return;
      event.preventDefault();
      leave();
    };
    page.addEventListener('keydown', press);
    return () => page.removeEventListener('keydown', press);
  });

  const onKeyDown = (event: KeyboardEvent) => {
    const alone = event.target === event.currentTarget;
    if (event.key === 'ArrowRight' || (event.key === 'Enter' && alone)) go(at + 1);
    else if (event.key === 'ArrowLeft') go(at - 1);
    else return;
    event.preventDefault();
  };
  return createPortal(
    <>
      <div ref={ring} popover="manual" className={styles.ring} aria-hidden="true" />
      <div
        ref={card}
        popover="manual"
        role="dialog"
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-says`}
        tabIndex={-1}
        className={styles.card}
        data-testid="tour"
        onKeyDown={onKeyDown}
      >
        {step && (
          <>
            <div className={shared.cardHead}>
              <h2 id={`${id}-title`}>{step.title}</h2>
              <span className={shared.note}>
                {at + 1} of {steps.length}
              </span>
            </div>
            <p id={`${id}-says`}>{step.says}</p>
            <div className={shared.buttons}>
              <button type="button" className={shared.primary} onClick={() => go(at + 1)}>
                {at + 1 < steps.length ? 'Next' : 'Finish'}
              </button>
              {at > 0 && (
                <button type="button" onClick={() => go(at - 1)}>
                  Back
                </button>
              )}
              {at + 1 < steps.length && (
                <button type="button" className={shared.quiet} onClick={leave}>
                  Leave the tour
                </button>
              )}
            </div>
          </>
        )}
      </div>
    </>,
    page,
  );
}
