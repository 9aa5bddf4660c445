import { type ComponentProps, Suspense } from 'react';
import { Term } from '../explain/Term.tsx';
import { TourButton } from '../explain/Tours.tsx';
import { lazily } from '../lazily.tsx';
import shared from '../styles/shared.module.css';
import caption from './Caption.module.css';
import styles from './Scenes.module.css';

const chunk = () => import('./Scenes.tsx');

const Scenes = lazily(() => chunk().then(({ Scenes }) => Scenes), 'The scenes');

// It belongs to the scenes, which say that they are missing.
const Caption = lazily(() => chunk().then(({ Caption }) => Caption), null);

/** What is seen, what it is good for and what to do, for who comes for the first time. */
function Welcome() {
  return (
    <>
      <p>
        Each polygon is a{' '}
        <span className={shared.nowrap}>
          <Term name="region">region</Term>:
        </span>{' '}
        a piece of the plane on which this network is one <Term name="affine-map">affine map</Term>.
        Their number says how finely it can bend: press play to watch it learn, drag the circle to
        count.
      </p>
      <div className={caption.tour}>
        <TourButton />
      </div>
    </>
  );
}

/** Pictures of networks worth seeing; they keep their place while they are on the way. */
export const LazyScenes = (props: ComponentProps<typeof Scenes>) => (
  <Suspense fallback={<section className={styles.awaited} />}>
    <Scenes {...props} />
  </Suspense>
);

/** What the open scene shows. */
export const LazyCaption = () => (
  <Suspense>
    <Caption welcome={<Welcome />} />
  </Suspense>
);
