import type { JobRequest } from './job';

const KEY = 'raise-finetune-export';

/** An export that this page has begun, by the name of its request. */
export interface Started {
  id: string;
  request: JobRequest;
}

/** Remember the running export for as long as this tab or window lives; null when it has ended. */
export function keepStarted(started: Started | null): void {
  if (started === null) {
    sessionStorage.removeItem(KEY);
  } else {
    sessionStorage.setItem(KEY, JSON.stringify(started));
  }
}

/** The export that was running when the page was last left. */
export function lastStarted(): Started | null {
  const kept = sessionStorage.getItem(KEY);
  return kept === null ? null : (JSON.parse(kept) as Started);
}
