/** Warm-up runs: the compiler needs some to find the hot code, most for the smallest networks. */
const WARM_UP_MS = 150;

/** Least milliseconds of five runs, after a warm-up. */
export function best(work: () => unknown, rounds = 5): number {
  const warm = performance.now() + WARM_UP_MS;
  do work();
  while (performance.now() < warm);
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < rounds; i++) {
    const start = performance.now();
    work();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}
