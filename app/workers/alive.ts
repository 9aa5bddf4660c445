/**
 * A worker's sign of life: once when it is ready, then in answer to every ping. `lock` names a Web Lock that it holds as
 * long as it lives; null where the browser gives it none.
 */
export type LifeSign =
  | { readonly life: 'hello'; readonly lock: string | null }
  | { readonly life: 'pong' };

/** Asks a worker to say that it is there. */
export const PING = { life: 'ping' } as const;

/** Whether a message is about being there, and not about work. */
export const isLifeSign = (message: unknown): message is LifeSign =>
  typeof message === 'object' && message !== null && 'life' in message;

/** Called once by every worker, when it listens for jobs: says that it is there, now and whenever asked. */
export async function sayHello(): Promise<void> {
  const say = (sign: LifeSign) => self.postMessage(sign);
  self.addEventListener('message', ({ data }) => {
    if (data?.life === PING.life) say({ life: 'pong' });
  });
  say({ life: 'hello', lock: await holdLock() });
}

/** Only secure contexts have locks, and only origins that may store something. */
async function holdLock(): Promise<string | null> {
  if (!navigator.locks) return null;
  const name = `reluscope-${crypto.getRandomValues(new Uint32Array(4)).join('-')}`;
  return new Promise((resolve) => {
    const forever = () => {
      resolve(name);
      return new Promise<never>(() => {});
    };
    navigator.locks.request(name, forever).catch(() => resolve(null));
  });
}
