import { describe, expect, it } from 'vitest';
import type { PastExportView } from '../../ipc/generated';
import { standingOf } from './standing';

const view = (when: string, output: string, exists = true) =>
  ({ past: { when, report: { output } }, exists }) as PastExportView;

describe('what became of a dataset', () => {
  const newest = view('3', '/a');
  const older = view('2', '/a');
  const other = view('1', '/b');
  const gone = view('0', '/c', false);
  const all = [newest, older, other, gone];

  it('is told from the list', () => {
    expect(all.map((each) => standingOf(each, all))).toEqual([
      'there',
      'replaced',
      'there',
      'gone',
    ]);
  });
});
