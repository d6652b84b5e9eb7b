import { useTranslation } from 'react-i18next';
import { saidBySystem } from './domain';

/** How the parser, which knows English alone, says where a file is damaged. */
const PLACE = /line (\d+) column (\d+)/;

export function placeInFile(detail: string): { line: string; column: string } | null {
  const [, line, column] = PLACE.exec(detail) ?? [];
  return line === undefined || column === undefined ? null : { line, column };
}

/** Words what is known of a problem: where damaged JSON breaks off, else what was found. */
export function useProblemDetail(): (problem: string, detail: string) => string {
  const { t, i18n } = useTranslation();
  return (problem, detail) => {
    const place = problem === 'invalid_json' ? placeInFile(detail) : null;
    return place === null ? saidBySystem(i18n.language, detail) : t('problem.place', place);
  };
}
