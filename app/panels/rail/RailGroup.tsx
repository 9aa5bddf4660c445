import type { ReactNode } from 'react';
import shared from '../../styles/shared.module.css';
import { Folding } from '../Folding.tsx';
import styles from './rail.module.css';

interface RailGroupProps {
  /** What its state is remembered by. */
  readonly name: string;
  readonly title: string;
  /** What is set, in a few words: all that is seen of a folded group. */
  readonly state: string;
  readonly children: ReactNode;
  /** What is set less often, one level down. */
  readonly more?: ReactNode;
}

/** Part of the rail: folded to one line that says its state, until a person opens it. */
export function RailGroup({ name, title, state, children, more }: RailGroupProps) {
  return (
    <Folding
      name={`rail.${name}`}
      className={styles.group}
      summary={
        <>
          <h2>{title}</h2>
          <span className={styles.state} title={state}>
            {state}
          </span>
        </>
      }
    >
      <div className={styles.controls}>{children}</div>
      {more && (
        <Folding
          name={`rail.${name}.more`}
          className={styles.more}
          summary={
            <>
              More<span className={shared.visuallyHidden}> under {title}</span>
            </>
          }
        >
          <div className={styles.controls}>{more}</div>
        </Folding>
      )}
    </Folding>
  );
}
