import type { TFunction } from 'i18next';
import type { Formats } from '../../i18n/formats';
import type { ExportPreview } from '../../ipc/generated';
import type { Recipe } from './session/recipe';

const BEST = 5;

/** What the export will do, as one plain sentence. */
export function planSentence(
  preview: ExportPreview,
  recipe: Recipe,
  isOneFile: boolean,
  t: TFunction,
  formats: Formats,
): string {
  if (preview.rows === 0) {
    return t(`export.plan.${preview.estimatedFrom === null ? 'nothing' : 'nothingYet'}`);
  }
  return t('export.plan.whole', {
    rows: t('export.plan.rows', counted(preview.rows, preview, formats)),
    sources: sources(preview, recipe, t, formats),
    sides: isOneFile ? t('export.plan.oneFile') : sides(preview, t, formats),
  });
}

/** A number for a plural, and how it is written. */
function counted(count: number, { estimatedFrom }: ExportPreview, formats: Formats) {
  return { count, written: (estimatedFrom === null ? formats.number : formats.estimate)(count) };
}

function sources(preview: ExportPreview, recipe: Recipe, t: TFunction, formats: Formats): string {
  const { minimum, includeUnrated } = recipe.rating;
  const lowest = formats.number(minimum);
  const conversations = t(`export.plan.${includeUnrated ? 'ratedOrNot' : 'rated'}`, {
    ...counted(preview.conversations, preview, formats),
    rating: minimum === BEST ? lowest : t('export.plan.orMore', { rating: lowest }),
  });
  const documentation = t(
    'export.plan.documentation',
    counted(preview.documentation, preview, formats),
  );
  if (preview.documentation === 0) {
    return conversations;
  }
  if (preview.conversations === 0) {
    return documentation;
  }
  return t('export.plan.both', { conversations, documentation });
}

/** The shares that the rows really fall into: of little data, they are not those asked for. */
function sides(
  { rows, splits, estimatedFrom }: ExportPreview,
  t: TFunction,
  formats: Formats,
): string {
  const share = (split: string) => {
    const exact = (splits[split] ?? 0) / rows;
    return formats.percent(estimatedFrom === null ? exact : Math.round(exact * 100) / 100);
  };
  if (splits.val && splits.test) {
    return t('export.plan.valAndTest', { val: share('val'), test: share('test') });
  }
  if (splits.val) {
    return t('export.plan.val', { val: share('val') });
  }
  return splits.test ? t('export.plan.test', { test: share('test') }) : t('export.plan.allTrain');
}
