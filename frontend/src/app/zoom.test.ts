import { describe, expect, it } from 'vitest';
import { wheelCounter, type Zoom, zoomChangeOf, zoomed } from './zoom';

describe('the keys of zooming', () => {
  it.each([
    [{ key: '+', ctrlKey: true }, 'in'],
    [{ key: '+', ctrlKey: true, shiftKey: true }, 'in'],
    [{ key: '=', metaKey: true }, 'in'],
    [{ key: '-', ctrlKey: true }, 'out'],
    [{ key: '_', ctrlKey: true, shiftKey: true }, 'out'],
    [{ key: '0', metaKey: true }, 'reset'],
    [{ key: 'à', code: 'Digit0', ctrlKey: true }, 'reset'],
    [{ key: '+' }, undefined],
    [{ key: '0', code: 'Digit0' }, undefined],
    [{ key: '@', code: 'Digit0', ctrlKey: true, altKey: true }, undefined],
    [{ key: 'z', ctrlKey: true }, undefined],
  ])('%j', (key, change) => {
    expect(zoomChangeOf(new KeyboardEvent('keydown', key))).toBe(change);
  });
});

describe('the scale of zooms', () => {
  it.each<[Zoom, 'in' | 'out' | 'reset', Zoom]>([
    [100, 'in', 110],
    [100, 'out', 90],
    [200, 'in', 200],
    [50, 'out', 50],
    [175, 'reset', 100],
  ])('%d, %s: %d', (zoom, change, after) => {
    expect(zoomed(zoom, change)).toBe(after);
  });
});

describe('a wheel', () => {
  it('zooms a step for each notch, up to make all larger', () => {
    const turn = wheelCounter();
    expect([turn(-53), turn(-53), turn(120)]).toEqual(['in', 'in', 'out']);
  });

  it('adds up what a touchpad moves, as long as it is one way', () => {
    const turn = wheelCounter();
    expect([turn(15), turn(15), turn(15)]).toEqual([undefined, undefined, 'out']);
    expect([turn(30), turn(-30), turn(-30)]).toEqual([undefined, undefined, 'in']);
  });
});
