import { PATIENCE_SECONDS, type WorkerFailure } from '../../src/jobs/services.ts';

/** The workers that the page starts, by what they do: a map, and counts in circles, are the work of one each. */
export type WorkerName = 'training' | 'geometry' | 'discs' | 'compute';

export interface Trouble {
  /** `silent`: it has sent nothing for long; it may only be slow, and its work is not given up. */
  readonly cause: WorkerFailure['cause'] | 'silent';
  readonly detail: string;
}

export type Troubles = Readonly<Partial<Record<WorkerName, Trouble>>>;

const WORK: Readonly<Record<WorkerName, string>> = {
  training: 'training',
  geometry: 'the map',
  discs: 'the exact counts in circles',
  compute: 'bounds and fields',
};

/** Whether a worker has failed or ended; one that is only silent may still work. */
export const isGone = (troubles: Troubles, name: WorkerName): boolean =>
  troubles[name] !== undefined && troubles[name].cause !== 'silent';

const listing = new Intl.ListFormat('en-GB');

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const sentences: Readonly<Record<Trouble['cause'], (work: string, detail: string) => string>> = {
  unloadable: (work) =>
    `${capital(work)} cannot start: a script did not load. The site may be out of reach. If it was updated, reload the page: your settings are in its address.`,
  ended: (work) =>
    `${capital(work)} stopped: the browser closed the worker, perhaps for lack of memory.`,
  failed: (work, detail) =>
    `${capital(work)} stopped: the worker failed (${detail || 'no reason given'}).`,
  silent: (work) => `No answer for ${PATIENCE_SECONDS} seconds from ${work}. It may just be slow.`,
};

/**
 * What is wrong with the workers, in one sentence for each cause.
 * @param forbidden whether a policy of the site forbids workers
 */
export function describeTroubles(troubles: Troubles, forbidden: boolean): string {
  if (forbidden)
    return "The site’s security policy (worker-src) forbids the workers that train, draw and count. Whoever runs the site must allow worker-src 'self'.";
  const names = (Object.keys(WORK) as WorkerName[]).filter((name) => troubles[name]);
  const causes = [...new Set(names.map((name) => troubles[name]?.cause))];
  return causes
    .map((cause) => {
      if (cause === undefined) return '';
      const those = names.filter((name) => troubles[name]?.cause === cause);
      const detail = those.map((name) => troubles[name]?.detail).find(Boolean) ?? '';
      return sentences[cause](listing.format(those.map((name) => WORK[name])), detail);
    })
    .join(' ');
}
