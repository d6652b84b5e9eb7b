import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { domainText, saidBySystem } from './domain';
import { formatsOf } from './formats';

/** How the parser of JSON, which knows English alone, says what is wrong with a file. */
const PLACE = /line (\d+) column (\d+)/;
const NOT_UTF8 = 'str is not valid UTF-8';
const MARKED = 'UTF-8 byte order mark';
const SIZE = /^(\d+) bytes$/;

/** What is known of a problem, which reports keep in English, in the user's language. */
export function problemDetail(language: string, problem: string, detail: string): string {
  if (problem === 'invalid_json') {
    return saidByParser(language, detail);
  }
  const [, size] = SIZE.exec(detail) ?? [];
  return problem === 'too_large' && size !== undefined
    ? formatsOf(language).bytes(Number(size))
    : saidBySystem(language, detail);
}

/** Where damaged JSON breaks off; the parser's own words where they tell no place. */
function saidByParser(language: string, complaint: string): string {
  if (complaint.startsWith(NOT_UTF8)) {
    return domainText(language, 'problem.not_utf8_text');
  }
  if (complaint.startsWith(MARKED)) {
    return domainText(language, 'problem.byte_order_mark');
  }
  const [, line, column] = PLACE.exec(complaint) ?? [];
  return line === undefined || column === undefined
    ? complaint
    : domainText(language, 'problem.place', { line, column });
}

export function useProblemDetail(): (problem: string, detail: string) => string {
  const { language } = useTranslation().i18n;
  return useCallback(
    (problem: string, detail: string) => problemDetail(language, problem, detail),
    [language],
  );
}
