import { expect, it, vi } from 'vitest';
import type { JobRequest } from './job';
import { keepStarted, lastStarted } from './started';

const request = { outputPath: '/data/set', recipe: {} } as JobRequest;

it('tells of an export that runs until it has ended', () => {
  expect(lastStarted()).toBeNull();
  keepStarted({ id: '1-2', request });
  expect(lastStarted()).toEqual({ id: '1-2', request });
  keepStarted(null);
  expect(lastStarted()).toBeNull();
});

it('lets an export begin where there is no room to remember it', () => {
  const setItem = () => {
    throw new DOMException('full', 'QuotaExceededError');
  };
  vi.stubGlobal('sessionStorage', { getItem: () => null, removeItem: () => {}, setItem });
  keepStarted({ id: '1-2', request });
  expect(lastStarted()).toBeNull();
  vi.unstubAllGlobals();
});
