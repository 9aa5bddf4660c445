import { type ReactNode, Suspense, useId, useRef, useState } from 'react';
import { lazily } from '../lazily.tsx';
import type { TermName } from './glossary/registry.ts';
import styles from './Term.module.css';

/** Card and glossary come when the first word is asked for. */
const TermCard = lazily(
  () => import('./TermCard.tsx').then((chunk) => chunk.TermCard),
  'The explanation',
);

/**
 * A word of running text that explains itself: pressed, it opens a card with one sentence about it. In a label the word
 * takes the place of the label's text, and the control is named by it with `aria-labelledby`.
 */
export function Term({ name, children }: { name: TermName; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const word = useRef<HTMLButtonElement>(null);
  const id = useId();
  return (
    <>
      <button
        type="button"
        className={styles.term}
        data-term={name}
        aria-haspopup="dialog"
        aria-expanded={open}
        popoverTarget={id}
        ref={word}
        onClick={(event) => {
          // The browser knows word and card as a pair, and closes the card by itself.
          if (open) return;
          // The card may be there before the browser answers this press, and would be closed again.
          event.preventDefault();
          setOpen(true);
        }}
      >
        {children}
      </button>
      {open && (
        <Suspense>
          <TermCard id={id} name={name} word={word} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
