import { describe, expect, it } from 'vitest';
import { nameOf, shortNameOf } from './nameOf';

describe('the name of a file or folder', () => {
  it.each([
    ['/data/mine.jsonl', 'mine.jsonl'],
    ['C:\\data\\mine', 'mine'],
    ['/', '/'],
  ])('%s', (path, name) => {
    expect(nameOf(path)).toBe(name);
  });
});

describe('the name of a file or folder in a list', () => {
  it.each([
    ['/data/mine', 'mine'],
    [`/data/${'a'.repeat(60)}`, 'a'.repeat(60)],
    [`/data/${'a'.repeat(60)}-1`, `${'a'.repeat(30)}…${'a'.repeat(28)}-1`],
    [`/data/${'🚀'.repeat(62)}`, `${'🚀'.repeat(30)}…${'🚀'.repeat(30)}`],
  ])('%s', (path, name) => {
    expect(shortNameOf(path)).toBe(name);
  });
});
