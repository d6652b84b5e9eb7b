import type { EvalPoint, FollowRunResponse, LossPoint } from '../../../ipc/generated';

const LOG_KEPT = 200_000;

/** A run with all that its trainer has told so far. */
export type FollowedRun = Omit<FollowRunResponse, 'resumedFrom'>;

/** What is known of a run with what it told since. */
export function withNews(known: FollowedRun | undefined, news: FollowRunResponse): FollowedRun {
  const { resumedFrom: _, ...latest } = news;
  return {
    ...latest,
    ...curves(
      [...(known?.points ?? []), ...news.points],
      [...(known?.evaluations ?? []), ...news.evaluations],
    ),
    checkpoints: [...(known?.checkpoints ?? []), ...news.checkpoints],
    log: withoutProgressBars(`${known?.log ?? ''}${news.log}`).slice(-LOG_KEPT),
  };
}

/**
 * The points in the order of their steps. A run that was killed and resumed goes back to its
 * checkpoint and tells of the steps after that anew: what it told of them before is left out.
 */
function curves(
  points: readonly LossPoint[],
  evaluations: readonly EvalPoint[],
): Pick<FollowedRun, 'points' | 'evaluations'> {
  const kept: LossPoint[] = [];
  let validation = [...evaluations];
  for (const point of points) {
    const last = kept.at(-1);
    if (last !== undefined && point.step <= last.step) {
      while ((kept.at(-1)?.step ?? 0) >= point.step) {
        kept.pop();
      }
      validation = validation.filter(({ step, t }) => step < point.step || t >= point.t);
    }
    kept.push(point);
  }
  return { points: kept, evaluations: validation };
}

/** A bar that draws over itself in a terminal would stand here once for each of its states. */
function withoutProgressBars(log: string): string {
  return log.replace(/[^\n\r]*\r(?!\n)/g, '');
}
