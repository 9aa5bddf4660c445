import type { ReactNode } from 'react';
import shared from './styles/shared.module.css';

/** The head of a card or dialog: what it is about, and the button that closes it. */
export function CardHead({
  id,
  children,
  onClose,
}: {
  /** Of the heading, which names the card. */
  id?: string;
  children: ReactNode;
  onClose: () => void;
}) {
  return (
    <div className={shared.cardHead}>
      <h2 id={id}>{children}</h2>
      <button type="button" className={shared.quiet} aria-label="Close" onClick={onClose}>
        ×
      </button>
    </div>
  );
}
