import { describe, expect, it } from 'vitest';
import { problemDetail } from './details';

describe('what is known of a problem', () => {
  it.each([
    ['fr', 'unexpected end of data: line 4 column 27 (char 85)', 'ligne 4, colonne 27'],
    ['en', 'unexpected end of data: line 4 column 27 (char 85)', 'line 4, column 27'],
    [
      'fr',
      'str is not valid UTF-8: surrogates not allowed: line 1 column 1 (char 0)',
      'ce n’est pas du texte UTF-8',
    ],
    [
      'en',
      'UTF-8 byte order mark (BOM) is not supported: line 1 column 1 (char 0)',
      'it begins with a byte order mark, BOM: save it as UTF-8 without one',
    ],
    ['fr', 'something new', 'something new'],
  ])('is where damaged JSON breaks off: in %s for “%s”', (language, detail, told) => {
    expect(problemDetail(language, 'invalid_json', detail)).toBe(told);
  });

  it.each([
    ['fr', 'too_large', '314572800 bytes', '314,6\u202fMo'],
    ['en', 'too_large', '314572800 bytes', '314.6 MB'],
    ['fr', 'too_large', 'File too large', 'fichier trop grand'],
    ['fr', 'unreadable', 'Permission denied', 'accès refusé'],
    ['fr', 'duplicate', 'chats/main_session#1', 'chats/main_session#1'],
  ])(
    'is a size, the system’s reason or a name: in %s for %s',
    (language, problem, detail, told) => {
      expect(problemDetail(language, problem, detail)).toBe(told);
    },
  );
});
