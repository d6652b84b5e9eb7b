import { describe, expect, it } from 'vitest';
import type { LibraryEntry } from '../../ipc/generated';
import { isAnswer, mean, ratingsOf, withGiven, withNewTags, withRatings } from './ratings';
import { conversation, given, turn } from './testing';

describe('a rating given here', () => {
  const inData = turn({ index: 1, rating: 2, ratingInData: 2, origin: 'message' });
  const before = conversation(turn({ index: 0, role: 'user' }), inData, turn({ index: 3 }));

  it('goes before the one in the data, of its answer alone', () => {
    const after = withGiven(before, 1, given(5));
    expect(after.turns[1]).toEqual({ ...inData, rating: 5, origin: 'here', given: given(5) });
    expect([after.turns[0], after.turns[2]]).toEqual([before.turns[0], before.turns[2]]);
    expect(before.turns[1]).toBe(inData);
  });

  it('gives way to the one in the data when it is taken away', () => {
    expect(withGiven(withGiven(before, 1, given(5)), 1, null).turns[1]).toEqual(inData);
    const unrated = withGiven(withGiven(before, 3, given(5)), 3, null).turns[2];
    expect([unrated?.rating, unrated?.origin, unrated?.given]).toEqual([null, 'none', null]);
  });

  it('shows in the row of its conversation', () => {
    const entry: LibraryEntry = {
      record: before.record,
      kind: 'conversation',
      title: 'One',
      snippet: '',
      date: '',
      tags: [],
      answers: 2,
      ratings: [2],
    };
    const other = { ...entry, record: 'other' };
    const ratings = ratingsOf(withGiven(before, 3, given(4)));
    expect(ratings).toEqual([2, 4]);
    expect(withRatings([other, entry], before.record, ratings)).toEqual([
      other,
      { ...entry, ratings: [2, 4] },
    ]);
    const others = [other];
    expect(withRatings(others, before.record, ratings)).toBe(others);
  });
});

it('is given to answers of the assistant alone', () => {
  expect(isAnswer(turn({ index: 1 }))).toBe(true);
  expect(isAnswer(turn({ index: 1, role: 'user' }))).toBe(false);
  expect(isAnswer(turn({ index: 1, isApplication: true }))).toBe(false);
});

it('brings new tags to those of the data folder', () => {
  const known = [{ tag: 'drone', entries: 3 }];
  const tagged = conversation(
    turn({ index: 1, given: given(5, { tags: ['drone', 'mine'] }) }),
    turn({ index: 3, given: given(4, { tags: ['mine'] }) }),
  );
  expect(withNewTags(known, tagged)).toEqual([...known, { tag: 'mine', entries: 1 }]);
  expect(withNewTags(known, conversation(turn({ index: 1 })))).toBe(known);
});

it('has a mean', () => {
  expect(mean([2, 3, 5])).toBeCloseTo(10 / 3);
});
