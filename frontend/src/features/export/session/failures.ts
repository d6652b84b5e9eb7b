import { useTranslation } from 'react-i18next';
import { useFailureText } from '../../../app/FailureNote';
import { CommandFailure } from '../../../ipc/errors';

/** Where on the screen a failure belongs. */
export type FailurePlace = `${string}.${string}` | 'outputPath' | null;

const recipePlaces: Record<string, FailurePlace> = {
  space_unknown: 'source.spaces',
  database_unknown: 'source.databases',
};

const outputCodes = new Set([
  'not_writable',
  'export_running',
  'link_refused',
  'home_unknown',
  'one_file_holds_one_kind',
]);

/**
 * The field that a failure speaks of: of the recipe as `section.key`, or the output path; null
 * where it speaks of none.
 */
export function placeOfFailure(error: unknown): FailurePlace {
  if (!(error instanceof CommandFailure)) {
    return null;
  }
  if (error.field?.startsWith('recipe.')) {
    const [, section = '', key] = error.field.split('.');
    // What is wrong with a section as a whole is its split: train, validation and test.
    return `${section}.${key ?? 'valFraction'}`;
  }
  if (error.field === 'outputPath' || error.code.startsWith('output_')) {
    return 'outputPath';
  }
  return outputCodes.has(error.code) ? 'outputPath' : (recipePlaces[error.code] ?? null);
}

const ownWords = {
  'filter.since': 'export.invalid.day',
  'filter.until': 'export.invalid.day',
  'output.valFraction': 'export.invalid.split',
  'output.testFraction': 'export.invalid.split',
  'output.seed': 'export.invalid.seed',
  'output.shardMegabytes': 'export.invalid.shardMegabytes',
  'examples.contextExchanges': 'export.invalid.context',
} as const;

function hasOwnWords(place: string): place is keyof typeof ownWords {
  return place in ownWords;
}

/** What to write beside the field at a place: the page's own words for a value of a wrong form. */
export function useFieldError(error: unknown): (place: FailurePlace) => string | undefined {
  const { t } = useTranslation();
  const { message, hint } = useFailureText(error);
  const found = placeOfFailure(error);
  return (place) => {
    if (found === null || place !== found) {
      return undefined;
    }
    return hasOwnWords(found) ? t(ownWords[found]) : `${message} ${hint}`;
  };
}
