import { describe, expect, it } from 'vitest';
import type { EvalPoint, FollowRunResponse, LossPoint } from '../../../ipc/generated';
import { withNews } from './followed';
import { speedOf } from './speed';

const point = (step: number, loss: number, t: number): LossPoint => ({
  step,
  loss,
  t,
  epoch: step / 10,
  learningRate: 2e-4,
  gradNorm: 1,
  tokens: step * 100,
});

const evaluation = (step: number, evalLoss: number, t: number): EvalPoint => ({
  step,
  evalLoss,
  t,
  epoch: step / 10,
});

const news = (told: Partial<FollowRunResponse>) =>
  ({
    points: [],
    evaluations: [],
    checkpoints: [],
    resumedFrom: null,
    log: '',
    eventsOffset: 0,
    logOffset: 0,
    ...told,
  }) as unknown as FollowRunResponse;

describe('a run that is followed', () => {
  it('grows by what is told', () => {
    const first = withNews(undefined, news({ points: [point(1, 3, 1)], log: 'a', logOffset: 1 }));
    const second = withNews(
      first,
      news({ points: [point(2, 2, 2)], checkpoints: [2], log: 'b\n', logOffset: 3 }),
    );
    expect(second.points.map(({ loss }) => loss)).toEqual([3, 2]);
    expect(second).toMatchObject({ checkpoints: [2], log: 'ab\n', logOffset: 3 });
  });

  it('goes back to the checkpoint that it was resumed from', () => {
    const known = withNews(
      undefined,
      news({
        points: [point(1, 3, 1), point(2, 9, 2), point(3, 9, 3)],
        evaluations: [evaluation(1, 4, 1.5), evaluation(3, 8, 3.5)],
      }),
    );
    const resumed = withNews(
      known,
      news({
        points: [point(2, 2.5, 100)],
        evaluations: [evaluation(2, 2.6, 101)],
        resumedFrom: 1,
      }),
    );
    expect(resumed.points.map(({ loss }) => loss)).toEqual([3, 2.5]);
    expect(resumed.evaluations.map(({ evalLoss }) => evalLoss)).toEqual([4, 2.6]);
  });

  it('keeps the last state of a bar that draws over itself', () => {
    const { log } = withNews(undefined, news({ log: 'begin\r\n 10%\r 50%\r100%\nend' }));
    expect(log).toBe('begin\r\n100%\nend');
  });
});

describe('the speed of a run', () => {
  it('is not known before two steps', () => {
    expect(speedOf([point(1, 3, 1)])).toBeNull();
  });

  it('is that of a usual step: a pause does not count', () => {
    const points = [point(1, 3, 10), point(2, 3, 12), point(3, 3, 1012), point(4, 3, 1014)];
    expect(speedOf(points)).toEqual({ secondsPerStep: 2, tokensPerSecond: 50 });
  });
});
