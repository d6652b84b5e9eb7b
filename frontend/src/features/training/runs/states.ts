import type { RunStatus } from '../../../ipc/generated';

export type RunState = RunStatus['state'];

const HOPELESS = ['training_diverged', 'training_base_not_finite'];

type Ending = 'pausing' | 'stopping';

/** Whether a trainer is at work on a run. */
export function isAtWork(state: RunState): state is 'starting' | 'running' | Ending {
  return state === 'starting' || state === 'running' || isEnding(state);
}

/** Whether a run failed in a way in which it would fail again when resumed. */
export function needsOtherValues({ failure }: RunStatus): boolean {
  return failure !== null && HOPELESS.includes(failure.code);
}

/** Whether a trainer is saving, to end then. */
export function isEnding(state: RunState): state is Ending {
  return state === 'pausing' || state === 'stopping';
}

/** Whether a run can be ended for good, with the adapter as it is. */
export function canStop(state: RunState): boolean {
  return state === 'paused' || (isAtWork(state) && state !== 'stopping');
}

/** Whether a run can go on from its last checkpoint; also one that was stopped too early. */
export function canResume(state: RunState): boolean {
  return ['paused', 'stopped', 'failed', 'interrupted'].includes(state);
}
