import { describe, expect, it } from 'vitest';
import { freshName, placeOf } from './outputPath';

const home = '/home/ada/raise_dataset';

describe('what an output path means', () => {
  it.each([
    ['mine', 'folder', `${home}/training/mine`],
    [' ./sub/mine.jsonl ', 'file', `${home}/training/sub/mine.jsonl`],
    ['mine.json', 'folder', `${home}/training/mine.json`],
    ['/data/mine.jsonl', 'file', '/data/mine.jsonl'],
    ['~/mine', 'folder', '~/mine'],
    ['C:\\data\\mine.jsonl', 'file', 'C:\\data\\mine.jsonl'],
  ])('%j', (written, kind, path) => {
    expect(placeOf(written, home)).toEqual({ kind, path });
  });

  it('an empty one means nothing', () => {
    expect(placeOf('  ', home)).toBeNull();
  });
});

describe('a fresh name', () => {
  const day = new Date(2026, 10, 3);

  it('is the day', () => {
    expect(freshName(day, () => false)).toBe('dataset-2026-11-03');
  });

  it('passes over those that are taken', () => {
    const taken = new Set(['dataset-2026-11-03', 'dataset-2026-11-03-2']);
    expect(freshName(day, (name) => taken.has(name))).toBe('dataset-2026-11-03-3');
  });
});
