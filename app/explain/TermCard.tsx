import {
  Fragment,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useRef,
  useState,
} from 'react';
import { createPortal } from 'react-dom';
import { CardHead } from '../CardHead.tsx';
import shared from '../styles/shared.module.css';
import { placeFor, useBeside } from './anchored.ts';
import { glossary, type TermName } from './glossary/registry.ts';
import { type Source, sources } from './glossary/sources.ts';
import styles from './Term.module.css';

interface TermCardProps {
  readonly id: string;
  readonly name: TermName;
  /** The word in the text that the card belongs to. */
  readonly word: RefObject<HTMLElement | null>;
  readonly onClose: () => void;
}

/** A text with its powers 2^C raised, and the words of U_raw and U_loc lowered. */
const typeset = (text: string): ReactNode =>
  text.split(/(2\^C|U_raw|U_loc)/).map((part, i) => {
    if (i % 2 === 0) return part;
    const [letter, word] = part.split(/[\^_]/);
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never change places
      <Fragment key={i}>
        {letter}
        {part.includes('^') ? <sup>{word}</sup> : <sub>{word}</sub>}
      </Fragment>
    );
  });

/** What a word means: one sentence, the formula, the paper, and further words, which open in the same card. */
export function TermCard({ id, name, word, onClose }: TermCardProps): ReactNode {
  const [trail, setTrail] = useState<readonly TermName[]>([name]);
  const card = useRef<HTMLDivElement>(null);
  useBeside(card, word.current, 'bottom-start');
  const shown = trail[trail.length - 1];
  // The card itself has the focus, so that a screen reader reads it, also after a further word.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the shown word is what is watched
  useEffect(() => card.current?.focus({ preventScroll: true }), [shown]);
  const leave = () => {
    const root = card.current?.getRootNode() as Document | ShadowRoot;
    const focused = root.activeElement;
    // Who has gone on to another element stays there.
    if (focused === null || focused === document.body || card.current?.contains(focused))
      word.current?.focus({ preventScroll: true });
    onClose();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key !== 'Escape') return;
    // What else listens for Escape leaves this one alone.
    event.preventDefault();
    card.current?.hidePopover();
  };
  if (word.current === null) return null;
  const { term, says, formula, where, from, see } = glossary[shown];
  const source: Source | undefined = from && sources[from];
  return createPortal(
    <div
      id={id}
      ref={card}
      popover="auto"
      role="dialog"
      aria-labelledby={`${id}-term`}
      aria-describedby={`${id}-says`}
      tabIndex={-1}
      className={styles.card}
      data-testid="term-card"
      onToggle={(event) => event.newState === 'closed' && leave()}
      onKeyDown={onKeyDown}
      // In React the card is still inside the word's row, which has its own answer to a click.
      onClick={(event) => event.stopPropagation()}
    >
      <CardHead id={`${id}-term`} onClose={() => card.current?.hidePopover()}>
        {typeset(term)}
      </CardHead>
      <p id={`${id}-says`}>{typeset(says)}</p>
      {formula && (
        // biome-ignore lint/security/noDangerouslySetInnerHtml: MathML that the build has written
        <div className={styles.formula} dangerouslySetInnerHTML={{ __html: formula }} />
      )}
      {where && <p className={shared.note}>{typeset(where)}</p>}
      {source && (
        <p className={styles.see}>
          {source.href ? (
            <a href={source.href} target="_blank" rel="noreferrer">
              {source.text}
            </a>
          ) : (
            source.text
          )}
        </p>
      )}
      {(see || trail.length > 1) && (
        <p className={styles.see}>
          {trail.length > 1 && (
            <button
              type="button"
              className={styles.term}
              onClick={() => setTrail(trail.slice(0, -1))}
            >
              Back
            </button>
          )}
          {see?.map((other) => (
            <button
              type="button"
              className={styles.term}
              key={other}
              onClick={() => setTrail([...trail, other as TermName])}
            >
              {typeset(glossary[other as TermName].term)}
            </button>
          ))}
        </p>
      )}
    </div>,
    placeFor(word.current) as Element,
  );
}
