import { describe, expect, it } from 'vitest';
import { fateShares, obstacles } from './fates';

describe('what became of the records', () => {
  it('lists what is kept first, then the commonest reasons, and passes over what did not occur', () => {
    expect(fateShares({ unrated: 6, exported: 2, invalid_json: 2, duplicate: 0 })).toEqual([
      { fate: 'exported', count: 2, share: 0.2, group: 'kept' },
      { fate: 'unrated', count: 6, share: 0.6, group: 'choice' },
      { fate: 'invalid_json', count: 2, share: 0.2, group: 'problem' },
    ]);
    expect(fateShares({})).toEqual([]);
  });

  it.each<[Record<string, number>, string[]]>([
    [{ duplicate: 9, outside_dates: 1, unrated: 4 }, ['unrated', 'outside_dates']],
    [
      { unrated: 5, rated_too_low: 4, tag_filtered: 3, outside_dates: 2 },
      ['unrated', 'rated_too_low', 'tag_filtered'],
    ],
    [{ no_question: 2, invalid_json: 3 }, ['invalid_json']],
    [{ exported: 9 }, []],
  ])('names the obstacles in %j', (fates, named) => {
    expect(obstacles(fates).map((share) => share.fate)).toEqual(named);
  });
});
