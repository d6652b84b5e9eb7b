import type { RunStatus } from '../../../ipc/generated';

export type RunState = RunStatus['state'];

/** Whether a trainer is at work on a run. */
export function isAtWork(state: RunState): boolean {
  return state === 'starting' || state === 'running' || state === 'stopping';
}

/** Whether a run can go on from its last checkpoint. */
export function canResume(state: RunState): boolean {
  return state === 'stopped' || state === 'failed' || state === 'interrupted';
}
