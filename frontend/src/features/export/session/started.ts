import { keep, kept } from '../../../app/kept';
import type { JobRequest } from './job';

const NAME = 'started-export';

/** An export that this page has begun, by the name of its request. */
interface Started {
  id: string;
  request: JobRequest;
}

/** Remember the running export for as long as this tab or window lives; null when it has ended. */
export function keepStarted(started: Started | null): void {
  keep(NAME, started);
}

/** The export that was running when the page was last left. */
export function lastStarted(): Started | null {
  return kept(NAME);
}
