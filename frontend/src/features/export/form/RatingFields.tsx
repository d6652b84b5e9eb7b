import { useTranslation } from 'react-i18next';
import { useDomainText } from '../../../i18n/domain';
import { useFormats } from '../../../i18n/formats';
import { Advanced } from './Advanced';
import { Words, YesNo } from './fields';
import type { GroupProps } from './group';
import { StarsField } from './StarsField';

interface Props extends GroupProps<'rating'> {
  /** Whether answers are judged: bad ones are written, too. */
  isJudging: boolean;
}

/** Which answers are good enough, and where answers are judged, which are bad. */
export function RatingFields({ values, onChange, errorAt, isJudging }: Props) {
  const { t } = useTranslation();
  const words = useDomainText();
  const formats = useFormats();
  return (
    <>
      <StarsField
        label={t('export.rating.minimum')}
        help={words('recipe.rating.minimum')}
        error={errorAt('rating.minimum')}
        value={values.minimum}
        meaning={
          values.minimum === 5
            ? t('export.rating.onlyBest')
            : t('export.rating.andUp', { minimum: formats.number(values.minimum) })
        }
        onChange={(minimum) => onChange({ minimum })}
      />
      {isJudging && (
        <StarsField
          label={t('export.rating.badMaximum')}
          help={t('export.rating.badMaximumHelp')}
          error={errorAt('rating.badMaximum')}
          value={values.badMaximum}
          meaning={t('export.rating.andDown', { maximum: formats.number(values.badMaximum) })}
          onChange={(badMaximum) => onChange({ badMaximum })}
        />
      )}
      <YesNo
        label={t('export.rating.includeUnrated')}
        help={words('recipe.rating.include_unrated')}
        value={values.includeUnrated}
        onChange={(includeUnrated) => onChange({ includeUnrated })}
      />
      <Advanced>
        <Words
          label={t('export.rating.paths')}
          help={words('recipe.rating.paths')}
          error={errorAt('rating.paths')}
          value={values.paths}
          options={[]}
          empty={t('export.rating.noPaths')}
          onChange={(paths) => onChange({ paths })}
        />
        <Words
          label={t('export.rating.thumbsPaths')}
          help={words('recipe.rating.thumbs_paths')}
          error={errorAt('rating.thumbsPaths')}
          value={values.thumbsPaths}
          options={[]}
          empty={t('export.rating.noPaths')}
          onChange={(thumbsPaths) => onChange({ thumbsPaths })}
        />
      </Advanced>
    </>
  );
}
