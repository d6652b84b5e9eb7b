import { expect, it } from 'vitest';
import { placeholderPieces } from './placeholders';

it.each([
  ['to <EMAIL_1>, or <BIRTH_DATE_12>', ['<EMAIL_1>', '<BIRTH_DATE_12>']],
  ['<EMAIL_1><PHONE_2>', ['<EMAIL_1>', '<PHONE_2>']],
  ['a <b> and <\\EMAIL_1> and <EMAIL>', []],
  ['', []],
])('placeholders in %j are told apart and nothing is lost', (text, placeholders) => {
  const pieces = placeholderPieces(text);
  expect(pieces.map((piece) => piece.text).join('')).toBe(text);
  expect(pieces.filter((piece) => piece.isPlaceholder).map((piece) => piece.text)).toEqual(
    placeholders,
  );
});
