import { describe, expect, it } from 'vitest';
import { columnsOf, piecesOf } from './markers';

describe('control markers', () => {
  it('are told apart from the text, and nothing is lost', () => {
    const line = '{"text":"<s>[INST] a [/INST] b </s>"}';
    const pieces = piecesOf(line);
    expect(pieces.map((piece) => piece.text).join('')).toBe(line);
    expect(pieces.filter((piece) => piece.isMarker).map((piece) => piece.text)).toEqual([
      '<s>',
      '[INST]',
      '[/INST]',
      '</s>',
    ]);
  });

  it.each([
    '<<SYS>>',
    '<</SYS>>',
    '[SYSTEM_PROMPT]',
    '<|eot_id|>',
    '<|im_start|>',
    '<start_of_turn>',
    '<bos>',
  ])('%s is one', (marker) => {
    expect(piecesOf(marker)).toEqual([{ text: marker, isMarker: true }]);
  });

  it.each(['[INSTALL]', '<span>', '<| |>', 'a < b > c', ''])('%j is none', (text) => {
    expect(piecesOf(text).some((piece) => piece.isMarker)).toBe(false);
  });
});

describe('a line as a person reads it', () => {
  it('has its line breaks and one part for each column', () => {
    expect(columnsOf('{"text":"a\\nb","n":[1]}')).toEqual([
      ['text', 'a\nb'],
      ['n', '[\n  1\n]'],
    ]);
  });
});
