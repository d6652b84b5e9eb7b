import { expect, it } from 'vitest';
import { placeInFile } from './problemDetail';

it('is where damaged JSON breaks off, if the parser says it', () => {
  expect(placeInFile('unexpected end of data: line 4 column 27 (char 85)')).toEqual({
    line: '4',
    column: '27',
  });
  expect(placeInFile('str is not valid UTF-8')).toBeNull();
});
