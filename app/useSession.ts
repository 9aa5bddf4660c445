import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { Actions, Session } from './session/session.ts';
import type { State } from './session/state.ts';

const SessionContext = createContext<Session | null>(null);

/** Hands a session to the components below. */
export const SessionProvider = SessionContext.Provider;

/** The session that this component shows. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('a component of a session stands outside of every session');
  return session;
}

/** What `select` picks from the session's state; the component is drawn again when that is another. */
export const useSessionState = <T>(select: (state: State) => T): T =>
  useStore(useSession().store, select);

/** What can be done with the session; the same object for as long as it lives. */
export const useActions = (): Actions => useSession().actions;
