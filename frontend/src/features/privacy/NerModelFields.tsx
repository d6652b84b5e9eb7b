import { Group, MultiSelect, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PathButton } from '../../app/PathButton';
import { useDomainText } from '../../i18n/domain';
import type { SanitizeOptionsOutput } from '../../ipc/generated';

type NerModel = Pick<SanitizeOptionsOutput, 'nerModel' | 'nerKinds'>;

interface Props {
  values: NerModel;
  error: string | undefined;
  onChange: (part: Partial<NerModel>) => void;
}

const kinds = ['person', 'place', 'organisation'] as const;

/** The model that finds names which no rule knows, and what it looks for. */
export function NerModelFields({ values, error, onChange }: Props) {
  const { t } = useTranslation();
  const words = useDomainText();
  const [typed, setTyped] = useState(values.nerModel);
  useEffect(() => setTyped(values.nerModel), [values.nerModel]);
  // Each change is looked for in all the data: not letter by letter.
  const store = (nerModel: string) => nerModel !== values.nerModel && onChange({ nerModel });
  return (
    <>
      <Group align="flex-end" gap="xs" wrap="nowrap">
        <TextInput
          flex={1}
          size="xs"
          label={t('privacy.nerModel')}
          description={words('recipe.sanitize.ner_model')}
          error={error}
          inputWrapperOrder={['label', 'description', 'error', 'input']}
          placeholder={t('privacy.noNerModel')}
          spellCheck={false}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onBlur={() => store(typed.trim())}
          onKeyDown={(event) => event.key === 'Enter' && store(typed.trim())}
        />
        <PathButton
          label={t('privacy.browseNerModel')}
          purpose="ner_model"
          start={values.nerModel}
          onChosen={store}
        />
      </Group>
      {values.nerModel !== '' && (
        <MultiSelect
          size="xs"
          label={t('privacy.nerKinds')}
          data={kinds.map((value) => ({ value, label: t(`privacy.nerKind.${value}`) }))}
          value={values.nerKinds}
          onChange={(chosen) => {
            const [first, ...others] = kinds.filter((kind) => chosen.includes(kind));
            if (first !== undefined) {
              onChange({ nerKinds: [first, ...others] });
            }
          }}
        />
      )}
    </>
  );
}
