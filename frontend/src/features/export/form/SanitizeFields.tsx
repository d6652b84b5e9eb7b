import { Anchor, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDomainText } from '../../../i18n/domain';
import { Advanced } from './Advanced';
import { Choice, SomeOf, YesNo } from './fields';
import type { GroupProps } from './group';

const kinds = ['person', 'place', 'organisation'] as const;

/** Whether and how sensitive data is masked; what is found is looked at on its own screen. */
export function SanitizeFields({ values, onChange, errorAt }: GroupProps<'sanitize'>) {
  const { t } = useTranslation();
  const words = useDomainText();
  return (
    <>
      <YesNo
        label={t('privacy.enabled')}
        help={words('recipe.sanitize.enabled')}
        value={values.enabled}
        onChange={(enabled) => onChange({ enabled })}
      />
      <Anchor href="#/privacy" size="xs">
        {t('privacy.masked.review')}
      </Anchor>
      <Advanced>
        <Choice
          label={t('privacy.numbering')}
          help={words('recipe.sanitize.numbering')}
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
        <TextInput
          size="xs"
          label={t('privacy.nerModel')}
          description={words('recipe.sanitize.ner_model')}
          error={errorAt('sanitize.nerModel')}
          spellCheck={false}
          value={values.nerModel}
          onChange={(event) => onChange({ nerModel: event.currentTarget.value })}
        />
        {values.nerModel !== '' && (
          <SomeOf
            label={t('privacy.nerKinds')}
            help={words('recipe.sanitize.ner_kinds')}
            value={values.nerKinds}
            options={kinds.map((value) => ({ value, label: t(`privacy.nerKind.${value}`) }))}
            empty=""
            onChange={(chosen) => {
              const [first, ...others] = kinds.filter((kind) => chosen.includes(kind));
              if (first !== undefined) {
                onChange({ nerKinds: [first, ...others] });
              }
            }}
          />
        )}
      </Advanced>
    </>
  );
}
