import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

export interface Size {
  /** Content size in CSS pixels; 0 until the element has been laid out. */
  readonly width: number;
  readonly height: number;
  /** Font size in CSS pixels, so that drawings grow with the type scale. */
  readonly em: number;
}

/** Follows the size and the font size of an element. */
export function useSize<T extends Element>(): [RefObject<T | null>, Size] {
  const ref = useRef<T>(null);
  const [size, setSize] = useState<Size>({ width: 0, height: 0, em: 12 });
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const measure = () => {
      const width = Math.floor(element.clientWidth);
      const em = Number.parseFloat(getComputedStyle(element).fontSize);
      const height = Math.floor(element.clientHeight);
      setSize((old) =>
        old.width === width && old.height === height && old.em === em ? old : { width, height, em },
      );
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    // A theme may change the font and leave the width.
    const theme = new MutationObserver(measure);
    const themed = element.closest('[data-theme]');
    if (themed) theme.observe(themed, { attributeFilter: ['data-theme'] });
    return () => {
      observer.disconnect();
      theme.disconnect();
    };
  }, []);
  return [ref, size];
}
