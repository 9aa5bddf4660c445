import { useEffect, useState } from 'react';
import shared from '../styles/shared.module.css';
import { useSession } from '../useSession.ts';
import { createAnnouncer } from './announcer.ts';

/** Announces bound and count of the selected circle as they change, for screen readers. */
export function CircleStatus() {
  const { store } = useSession();
  const [said, setSaid] = useState('');
  useEffect(() => {
    const announcer = createAnnouncer(store.getState(), setSaid);
    const unsubscribe = store.subscribe(announcer.hear);
    return () => {
      unsubscribe();
      announcer.end();
    };
  }, [store]);
  return (
    <p className={shared.visuallyHidden} aria-live="polite" data-testid="circle-said">
      {said}
    </p>
  );
}
