/**
 * Lets waiting messages be handled. A message to oneself arrives immediately after those that were waiting; a timer
 * would be delayed to 4 ms.
 */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
