/**
 * Gives the worker's message queue a turn. A message to oneself comes back at once, after what waited before it; a
 * timer would be held back to 4 ms.
 */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      channel.port1.close();
      resolve();
    };
    channel.port2.postMessage(null);
  });
}

export const pause = (ms: number): Promise<void> => new Promise((r) => setTimeout(r, ms));
