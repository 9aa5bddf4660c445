/**
 * What a worker says of itself: once it can be asked, and when somebody wants to know whether it still is. `lock` names a
 * Web Lock that it holds as long as it lives; null where the browser gives it none.
 */
export type LifeSign =
  | { readonly life: 'hello'; readonly lock: string | null }
  | { readonly life: 'pong' };

/** Asks a worker to say that it is there. */
export const PING = { life: 'ping' } as const;

/** Whether a message is about being there, and not about work. */
export const isLifeSign = (message: unknown): message is LifeSign =>
  typeof message === 'object' && message !== null && 'life' in message;

/** Called once by every worker, after whatever serves it listens: says that it is there, now and whenever asked. */
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
    const forEver = () => {
      resolve(name);
      return new Promise<never>(() => {});
    };
    navigator.locks.request(name, forEver).catch(() => resolve(null));
  });
}
