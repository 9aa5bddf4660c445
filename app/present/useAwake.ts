import { useEffect, useRef, useState } from 'react';

/** So long after the last move or tap the controls fade. */
const AWAKE_MS = 3000;
/** A touch has become a press, or none, so long after its end. */
const TOUCH_MS = 350;

/** Whether a person has just moved the pointer over the page’s root element, or touched it. */
export function useAwake(root: () => HTMLElement | null): boolean {
  const [awake, setAwake] = useState(true);
  const find = useRef(root);
  find.current = root;
  useEffect(() => {
    const element = find.current();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const wake = () => {
      setAwake(true);
      clearTimeout(timer);
      timer = setTimeout(() => setAwake(false), AWAKE_MS);
    };
    wake();
    // A touch wakes when it is over: it must not press what was not to be seen when it began.
    const move = ({ pointerType }: PointerEvent) => {
      if (pointerType !== 'touch') wake();
    };
    let touch: ReturnType<typeof setTimeout> | undefined;
    const up = ({ pointerType }: PointerEvent) => {
      clearTimeout(touch);
      if (pointerType === 'touch') touch = setTimeout(wake, TOUCH_MS);
    };
    element?.addEventListener('pointermove', move);
    element?.addEventListener('pointerup', up);
    return () => {
      clearTimeout(timer);
      clearTimeout(touch);
      element?.removeEventListener('pointermove', move);
      element?.removeEventListener('pointerup', up);
    };
  }, []);
  return awake;
}
