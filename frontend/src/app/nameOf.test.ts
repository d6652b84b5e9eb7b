import { describe, expect, it } from 'vitest';
import { nameOf } from './nameOf';

describe('the name of a file or folder', () => {
  it.each([
    ['/data/mine.jsonl', 'mine.jsonl'],
    ['C:\\data\\mine', 'mine'],
    ['/', '/'],
  ])('%s', (path, name) => {
    expect(nameOf(path)).toBe(name);
  });
});
