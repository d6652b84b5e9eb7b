import { describe, expect, it } from 'vitest';
import { ribbons } from './ribbons';

describe('ribbons', () => {
  it('divide the bar by the shares and end in the middle of their rows', () => {
    expect(ribbons([0.75, 0.25], { width: 114, height: 101, row: 50 })).toEqual([
      'M0 0H14C64 0 64 23 114 23V27C64 27 64 75 14 75H0Z',
      'M0 76H14C64 76 64 73 114 73V77C64 77 64 101 14 101H0Z',
    ]);
  });

  it('leave a share that is too small to see visible, within the bar', () => {
    const paths = ribbons([1, 0.00001], { width: 100, height: 101, row: 50 });
    const [, top, bottom] = /^M0 ([\d.]+)H.* 14 ([\d.]+)H0Z$/.exec(paths[1] ?? '') ?? [];
    expect(Number(bottom) - Number(top)).toBeGreaterThan(1);
    expect(Number(bottom)).toBeCloseTo(101);
  });

  it('are none where nothing was read', () => {
    expect(ribbons([], { width: 100, height: 100, row: 50 })).toEqual([]);
  });
});
