import { describe, expect, it } from 'vitest';
import type { ExportPreview } from '../../../ipc/generated';
import { linesByFile } from './files';
import { lengthColumns, ratingCounts } from './PreviewCharts';

const row = (record: string, split: string) => ({ record, split, rating: 5, line: '{}' });

const preview: ExportPreview = {
  documentsRead: 9,
  recordsRead: 9,
  rows: 5,
  conversations: 3,
  documentation: 2,
  splits: { val: 1, train: 4 },
  fates: { exported: 5 },
  repairs: {},
  masked: {},
  ratings: { '5': 5 },
  lengths: [],
  sample: [row('a', 'train'), row('b', 'val'), row('c', 'train')],
  problems: [],
  notices: [],
  tokens: null,
  estimatedFrom: null,
};

const records = (isOneFile: boolean) =>
  linesByFile(preview, isOneFile).map((file) => [
    file.name,
    file.total,
    file.rows.map((each) => each.record),
  ]);

describe('the lines of each file', () => {
  it('of a folder go by side', () => {
    expect(records(false)).toEqual([
      ['train.jsonl', 4, ['a', 'c']],
      ['val.jsonl', 1, ['b']],
    ]);
  });

  it('of one file stay together', () => {
    expect(records(true)).toEqual([['', 5, ['a', 'b', 'c']]]);
  });

  it('are none where nothing matches', () => {
    expect(linesByFile({ ...preview, rows: 0, splits: {}, sample: [] }, true)).toEqual([]);
  });
});

describe('the ratings', () => {
  it('go from the lowest to the highest, also between whole ones', () => {
    expect(ratingCounts({ '5': 1, '0': 2, '4': 3, '4.5': 4 })).toEqual([
      [0, 2],
      [4, 3],
      [4.5, 4],
      [5, 1],
    ]);
  });
});

describe('the columns of the lengths', () => {
  it('end with the last one that is not empty', () => {
    const lengths = [0, 250, 1000, 16000].map((atLeast, place) => ({
      atLeast,
      rows: place < 3 ? place : 0,
    }));
    expect(lengthColumns(lengths)).toEqual([
      { label: '< 250', value: 0 },
      { label: '≥ 250', value: 1 },
      { label: '≥ 1k', value: 2 },
    ]);
    expect(lengthColumns([{ atLeast: 0, rows: 0 }])).toEqual([]);
  });
});
