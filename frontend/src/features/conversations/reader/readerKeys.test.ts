import { describe, expect, it } from 'vitest';
import { readerAction } from './readerKeys';

const press = (key: string, code = '', modifiers = {}) =>
  readerAction({ key, code, ctrlKey: false, metaKey: false, altKey: false, ...modifiers });

describe('keys of the reader', () => {
  it('rate by digits, on the number pad and on any keyboard', () => {
    expect(press('4', 'Digit4')).toEqual({ name: 'rate', rating: 4 });
    expect(press('4', 'Numpad4')).toEqual({ name: 'rate', rating: 4 });
    // The key 2 of a French keyboard, without Shift.
    expect(press('é', 'Digit2')).toEqual({ name: 'rate', rating: 2 });
    expect(press('à', 'Digit0')).toEqual({ name: 'remove' });
    expect(press('6', 'Digit6')).toBeUndefined();
  });

  it.each([
    ['j', { name: 'walk', step: 1 }],
    ['K', { name: 'walk', step: -1 }],
    ['ArrowUp', { name: 'walk', step: -1 }],
    ['n', { name: 'step', step: 1 }],
    ['0', { name: 'remove' }],
    ['Backspace', { name: 'remove' }],
    ['C', { name: 'correct' }],
    ['m', { name: 'asWritten' }],
    ['Escape', { name: 'leave' }],
    ['Enter', undefined],
    ['PageDown', undefined],
  ])('%s', (key, action) => {
    expect(press(key)).toEqual(action);
  });

  it('leave keys with Ctrl, Alt or Cmd to others', () => {
    expect(press('c', 'KeyC', { ctrlKey: true })).toBeUndefined();
    expect(press('1', 'Digit1', { altKey: true })).toBeUndefined();
    expect(press('c', 'KeyC', { metaKey: true })).toBeUndefined();
  });
});
