import { afterEach, beforeEach, expect, vi } from 'vitest';

// A message on the console fails the test.
beforeEach(() => {
  vi.spyOn(console, 'warn');
  vi.spyOn(console, 'error');
});

afterEach(() => {
  expect(vi.mocked(console.warn).mock.calls).toEqual([]);
  expect(vi.mocked(console.error).mock.calls).toEqual([]);
  window.location.hash = '';
  sessionStorage.clear();
});
