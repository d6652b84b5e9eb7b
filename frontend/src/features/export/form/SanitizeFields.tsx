import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDomainText } from '../../../i18n/domain';
import { NerModelFields } from '../../privacy/NerModelFields';
import { Advanced } from './Advanced';
import { Choice, YesNo } from './fields';
import type { GroupProps } from './group';

/** Whether and how sensitive data is masked; what is found is looked at on its own screen. */
export function SanitizeFields({ values, onChange, errorAt }: GroupProps<'sanitize'>) {
  const { t } = useTranslation();
  const words = useDomainText();
  return (
    <>
      <YesNo
        label={t('privacy.enabled')}
        help={t('privacy.enabledHelp')}
        value={values.enabled}
        onChange={(enabled) => onChange({ enabled })}
      />
      <Anchor href="#/privacy" size="xs">
        {t('privacy.masked.review')}
      </Anchor>
      <Advanced>
        <Choice
          label={t('privacy.numbering')}
          help={t('privacy.numberingHelp')}
          value={values.numbering}
          choices={{
            conversation: t('privacy.numberingChoice.conversation'),
            dataset: t('privacy.numberingChoice.dataset'),
          }}
          onChange={(numbering) => onChange({ numbering })}
        />
        <YesNo
          label={t('privacy.surrogates')}
          help={words('recipe.sanitize.surrogates')}
          value={values.surrogates}
          onChange={(surrogates) => onChange({ surrogates })}
        />
        <NerModelFields values={values} error={errorAt('sanitize.nerModel')} onChange={onChange} />
      </Advanced>
    </>
  );
}
