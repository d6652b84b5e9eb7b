import type { PastExportView } from '../../ipc/generated';

/** What became of an export's dataset: it is there, a later export replaced it, or it is gone. */
export type Standing = 'there' | 'replaced' | 'gone';

/** How an export of the list, newest first, stands now. */
export function standingOf(view: PastExportView, newestFirst: readonly PastExportView[]): Standing {
  if (!view.exists) {
    return 'gone';
  }
  const { output } = view.past.report;
  const newest = newestFirst.find(({ past }) => past.report.output === output);
  return newest === undefined || newest.past.when === view.past.when ? 'there' : 'replaced';
}
