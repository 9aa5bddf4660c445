import type { ReactNode } from 'react';
import { useRemembered } from '../remembered.ts';

interface FoldingProps {
  /** What its state is remembered by from one visit to the next. */
  readonly name: string;
  /** Whether it stands open at the first visit. */
  readonly initial?: boolean;
  readonly className: string;
  /** The line that is always seen. */
  readonly summary: ReactNode;
  readonly children: ReactNode;
  /** Builds the children only while it is open. */
  readonly lazy?: boolean;
}

/** A part of the page that a person opens and folds, and that stays so. */
export function Folding(props: FoldingProps) {
  const { name, initial = false, className, summary, children, lazy = false } = props;
  const [open, setOpen] = useRemembered(name, initial);
  return (
    <details
      className={className}
      open={open}
      onToggle={({ currentTarget }) => {
        // It also comes when the page sets it.
        if (currentTarget.open !== open) setOpen(currentTarget.open);
      }}
    >
      <summary>{summary}</summary>
      {(open || !lazy) && children}
    </details>
  );
}
