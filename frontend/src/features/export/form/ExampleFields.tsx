import { useTranslation } from 'react-i18next';
import { useDomainText } from '../../../i18n/domain';
import { Advanced } from './Advanced';
import { Choice, WholeNumber, Words } from './fields';
import type { GroupProps } from './group';

const MOST_EXCHANGES = 1000;

/** How conversations become examples. */
export function ExampleFields({ values, onChange, errorAt }: GroupProps<'examples'>) {
  const { t } = useTranslation();
  const words = useDomainText();
  return (
    <>
      <Choice
        label={t('export.examples.unit')}
        help={t(`export.examples.unitHelp.${values.unit}`)}
        value={values.unit}
        choices={{
          answer: t('export.examples.unitChoice.answer'),
          conversation: t('export.examples.unitChoice.conversation'),
        }}
        onChange={(unit) => onChange({ unit })}
      />
      {values.unit === 'answer' && (
        <WholeNumber
          label={t('export.examples.contextExchanges')}
          help={words('recipe.examples.context_exchanges')}
          error={errorAt('examples.contextExchanges')}
          value={values.contextExchanges}
          max={MOST_EXCHANGES}
          onChange={(contextExchanges) => onChange({ contextExchanges })}
        />
      )}
      <Choice
        label={t('export.examples.systemPrompts')}
        help={t('export.examples.systemPromptsHelp')}
        value={values.systemPrompts}
        choices={{
          keep: t('export.examples.systemPromptsChoice.keep'),
          drop: t('export.examples.systemPromptsChoice.drop'),
        }}
        onChange={(systemPrompts) => onChange({ systemPrompts })}
      />
      <Choice
        label={t('export.examples.doubledQuestions')}
        help={t('export.examples.doubledQuestionsHelp')}
        value={values.doubledQuestions}
        choices={{
          last: t('export.examples.doubledQuestionsChoice.last'),
          join: t('export.examples.doubledQuestionsChoice.join'),
        }}
        onChange={(doubledQuestions) => onChange({ doubledQuestions })}
      />
      <Choice
        label={t('export.examples.promptLeaks')}
        help={t('export.examples.promptLeaksHelp')}
        value={values.promptLeaks}
        choices={{
          cut: t('export.examples.promptLeaksChoice.cut'),
          drop: t('export.examples.promptLeaksChoice.drop'),
          keep: t('export.examples.promptLeaksChoice.keep'),
        }}
        onChange={(promptLeaks) => onChange({ promptLeaks })}
      />
      {values.promptLeaks !== 'keep' && (
        <Advanced>
          <Words
            label={t('export.examples.leakMarkers')}
            help={words('recipe.examples.leak_markers')}
            error={errorAt('examples.leakMarkers')}
            value={values.leakMarkers}
            options={[]}
            empty={t('export.examples.noMarkers')}
            onChange={(leakMarkers) => onChange({ leakMarkers })}
          />
        </Advanced>
      )}
    </>
  );
}
