import { describe, expect, it } from 'vitest';
import type { ExportResponse, TaskProgress } from '../../../ipc/generated';
import { endedBadly, fractionDone, type Job, type JobEvent, nextJob } from './job';
import type { Recipe } from './recipe';

const result = { when: '2026-11-23T03:12:00.000+00:00' } as ExportResponse;
const reading: TaskProgress = { stage: 'reading', done: 5, total: 20, rate: 10, secondsLeft: 1.5 };

const jobAfter = (...events: JobEvent[]) => events.reduce<Job>(nextJob, { state: 'idle' });
const recipe = { version: 1 } as Recipe;
const request = { outputPath: 'mine', recipe };
const started: JobEvent = { type: 'started', request };

describe('an export', () => {
  it('runs, progresses and is done', () => {
    expect(jobAfter(started, { type: 'progressed', progress: reading })).toEqual({
      state: 'running',
      request,
      progress: reading,
      isStopping: false,
    });
    expect(jobAfter(started, { type: 'finished', result })).toEqual({ state: 'done', result });
  });

  it('that was asked to stop may still finish', () => {
    expect(jobAfter(started, { type: 'stopping' })).toMatchObject({ isStopping: true });
    expect(jobAfter(started, { type: 'stopping' }, { type: 'cancelled' }).state).toBe('cancelled');
    expect(jobAfter(started, { type: 'stopping' }, { type: 'finished', result }).state).toBe(
      'done',
    );
  });

  it('that failed is spoken of until something else is asked for', () => {
    const changed = { ...recipe, rating: { minimum: 5 } } as Recipe;
    const failed = jobAfter(started, { type: 'failed', error: 'why' });
    expect(failed).toEqual({ state: 'failed', request, error: 'why' });
    expect(endedBadly(failed, { outputPath: 'mine', recipe })).toBe(true);
    expect(endedBadly(failed, { outputPath: 'other', recipe })).toBe(false);
    expect(endedBadly(failed, { outputPath: 'mine', recipe: changed })).toBe(false);
    expect(endedBadly(jobAfter(started), request)).toBe(false);
  });

  it('cannot be dismissed while it runs, nor brought back by late progress', () => {
    expect(jobAfter(started, { type: 'dismissed' }).state).toBe('running');
    const late: JobEvent = { type: 'progressed', progress: reading };
    expect(jobAfter(started, { type: 'cancelled' }, { type: 'dismissed' }, late)).toEqual({
      state: 'idle',
    });
  });
});

describe('how far it is', () => {
  it.each<[TaskProgress | null, number | null]>([
    [null, null],
    [{ ...reading, stage: 'counting', total: null }, null],
    [reading, 0.25],
    [{ ...reading, done: 0, total: 0 }, null],
    [{ ...reading, stage: 'writing', total: null }, 1],
  ])('%j', (progress, fraction) => {
    expect(fractionDone(progress)).toBe(fraction);
  });
});
