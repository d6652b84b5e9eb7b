import { useTranslation } from 'react-i18next';
import { useFormats } from '../../../i18n/formats';
import type { Recipe, SectionName } from '../session/recipe';

/** Each group of the recipe in a few words. */
export function useSummaries(
  recipe: Recipe,
  isOneFile: boolean,
): Record<Exclude<SectionName, 'dedup' | 'tokens'>, string> {
  const { t } = useTranslation();
  const formats = useFormats();
  const { source, rating, filter, examples, quality, dedup, sanitize, output } = recipe;
  const joined = (parts: (string | false)[]) => parts.filter(Boolean).join(' · ');
  const span = filter.since !== '' || filter.until !== '';
  const exceptions = sanitize.allow.length + Object.keys(sanitize.actions).length;
  const narrowed = [source.spaces, source.databases, source.collections].flat();
  return {
    source: joined([
      narrowed.length > 0 ? narrowed.join(', ') : t('export.source.allSpaces'),
      source.chats && t('export.source.chats'),
      source.documentation && t('export.source.documentation'),
    ]),
    rating: joined([
      t('export.rating.andUp', { minimum: formats.number(rating.minimum) }),
      rating.includeUnrated && t('export.rating.includeUnrated'),
    ]),
    filter:
      joined([
        filter.tags.join(', '),
        filter.excludeTags.length > 0 &&
          t('export.filter.without', { tags: filter.excludeTags.join(', ') }),
        span && `${filter.since || '…'} – ${filter.until || '…'}`,
        filter.languages.join(', '),
      ]) || t('export.filter.none'),
    examples: joined([
      t(`export.examples.unitChoice.${examples.unit}`),
      examples.unit === 'answer' &&
        t('export.examples.contextSummary', { count: examples.contextExchanges }),
    ]),
    quality: joined([
      t(`export.quality.nearSummary.${dedup.near}`),
      ...(['refusals', 'mixedLanguages', 'repeatedQuestions'] as const).map(
        (name) => quality[name] === 'drop' && t(`export.quality.without.${name}`),
      ),
    ]),
    sanitize: sanitize.enabled
      ? joined([
          t('privacy.summary.on'),
          exceptions > 0 && t('privacy.summary.left', { count: exceptions }),
        ])
      : t('privacy.summary.off'),
    output: joined([
      output.profile,
      output.task !== 'sft' && t(`export.output.taskChoice.${output.task}`),
      !isOneFile && t('export.output.valSummary', { share: formats.percent(output.valFraction) }),
      !isOneFile &&
        output.testFraction > 0 &&
        t('export.output.testSummary', { share: formats.percent(output.testFraction) }),
    ]),
  };
}
