import { describe, expect, it } from 'vitest';
import { given } from '../testing';
import { type Change, popUndo, pushUndo } from './undo';

const change = (index: number, root = 'here'): Change => ({
  root,
  record: 'chats/main',
  title: 'Main',
  index,
  given: given(3),
});

describe('what can be taken back', () => {
  it('comes last in, first out', () => {
    pushUndo(change(1));
    pushUndo(change(3));
    expect([popUndo('here')?.index, popUndo('here')?.index, popUndo('here')]).toEqual([
      3,
      1,
      undefined,
    ]);
  });

  it('belongs to its data folder', () => {
    pushUndo(change(1, 'elsewhere'));
    expect(popUndo('here')).toBeUndefined();
    expect(popUndo('elsewhere')).toBeUndefined();
  });

  it('has an end', () => {
    for (let index = 0; index < 300; index++) {
      pushUndo(change(index));
    }
    let levels = 0;
    while (popUndo('here') !== undefined) {
      levels++;
    }
    expect(levels).toBe(200);
  });
});
