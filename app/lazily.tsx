import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import shared from './styles/shared.module.css';

/**
 * A component that is fetched when it is first shown. Where the site cannot be reached, one sentence stands in its place;
 * with `what` null, nothing does.
 * @param what as a sentence begins with it, "The inspector"
 * @param className of the sentence
 */
export const lazily = <P,>(
  load: () => Promise<ComponentType<P>>,
  what: string | null,
  className = shared.note,
): LazyExoticComponent<ComponentType<P>> =>
  lazy(() =>
    load().then(
      (found) => ({ default: found }),
      () => ({
        default: () =>
          what === null ? null : (
            <span className={className} role="status">
              {/* It may follow a word. */} {what} could not be loaded. When the site can be
              reached, reload.
            </span>
          ),
      }),
    ),
  );
