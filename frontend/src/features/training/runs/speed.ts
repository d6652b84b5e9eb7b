import type { LossPoint } from '../../../ipc/generated';

const RECENT = 20;

export interface Speed {
  secondsPerStep: number;
  /** Null where the trainer does not count tokens. */
  tokensPerSecond: number | null;
}

/** How fast a training goes; null until two losses are known. */
export function speedOf(points: readonly LossPoint[]): Speed | null {
  const recent = points.slice(-RECENT - 1);
  const spans = recent.slice(1).map((point, place) => spanOf(recent[place] ?? point, point));
  // The median: one step may have waited for a validation, or for days in a paused run.
  const secondsPerStep = median(spans.map(({ seconds, steps }) => seconds / Math.max(steps, 1)));
  if (secondsPerStep === null) {
    return null;
  }
  const tokens = median(
    spans.flatMap(({ seconds, tokens: count }) => (count > 0 ? [count / seconds] : [])),
  );
  return { secondsPerStep, tokensPerSecond: tokens };
}

function spanOf(from: LossPoint, to: LossPoint) {
  return {
    seconds: Math.max(to.t - from.t, 1e-3),
    steps: to.step - from.step,
    tokens: (to.tokens ?? 0) - (from.tokens ?? 0),
  };
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}
