import { useTranslation } from 'react-i18next';
import { useDomainText } from '../../../i18n/domain';
import { Choice, SomeOf, WholeNumber } from './fields';
import type { GroupProps } from './group';

const STRATA = ['source', 'language'] as const;

/** What falls on which side of the split. */
export function SplitFields({ values, onChange, errorAt }: GroupProps<'output'>) {
  const { t } = useTranslation();
  const words = useDomainText();
  // A whole space or a pair of answers cannot be moved for the sake of evenness.
  const canStratify = values.splitBy === 'conversation' && values.task !== 'dpo';
  return (
    <>
      <Choice
        label={t('export.output.splitBy')}
        help={t(`export.output.splitByHelp.${values.splitBy}`)}
        value={values.splitBy}
        choices={{
          conversation: t('export.output.splitByChoice.conversation'),
          space: t('export.output.splitByChoice.space'),
        }}
        onChange={(splitBy) => onChange({ splitBy, ...(splitBy === 'space' && { stratify: [] }) })}
      />
      {canStratify && (
        <SomeOf
          label={t('export.output.stratify')}
          help={t('export.output.stratifyHelp')}
          error={errorAt('output.stratify')}
          value={values.stratify}
          options={STRATA.map((value) => ({
            value,
            label: t(`export.output.stratifyChoice.${value}`),
          }))}
          empty={t('export.output.notStratified')}
          onChange={(chosen) =>
            onChange({ stratify: STRATA.filter((one) => chosen.includes(one)) })
          }
        />
      )}
      <WholeNumber
        label={t('export.output.seed')}
        help={words('recipe.output.seed')}
        error={errorAt('output.seed')}
        value={values.seed}
        max={Number.MAX_SAFE_INTEGER}
        onChange={(seed) => onChange({ seed })}
      />
    </>
  );
}
