import { Autocomplete } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDomainText } from '../../../i18n/domain';
import { BUNDLED_TOKENIZERS } from '../tokenizers';
import { Choice, WholeNumber } from './fields';
import type { GroupProps } from './group';

const MOST_TOKENS = 10_000_000;

/** Which model's tokens are counted and checked, and how many of a row it will read. */
export function TokenFields({ values, onChange, errorAt }: GroupProps<'tokens'>) {
  const { t } = useTranslation();
  const words = useDomainText();
  const [typed, setTyped] = useState(values.tokenizer);
  useEffect(() => setTyped(values.tokenizer), [values.tokenizer]);
  const choose = (tokenizer: string) =>
    tokenizer !== values.tokenizer && onChange({ tokenizer: tokenizer.trim() });
  return (
    <>
      <Autocomplete
        size="xs"
        label={t('export.tokens.tokenizer')}
        description={words('recipe.tokens.tokenizer')}
        error={errorAt('tokens.tokenizer')}
        placeholder={t('export.tokens.none')}
        data={BUNDLED_TOKENIZERS}
        value={typed}
        onChange={setTyped}
        onOptionSubmit={choose}
        onBlur={() => choose(typed)}
      />
      {values.tokenizer !== '' && (
        <>
          <WholeNumber
            label={t('export.tokens.maxLength')}
            help={words('recipe.tokens.max_length')}
            error={errorAt('tokens.maxLength')}
            value={values.maxLength}
            max={MOST_TOKENS}
            onChange={(maxLength) => onChange({ maxLength })}
          />
          <Choice
            label={t('export.tokens.counting')}
            help={t(`export.tokens.countingHelp.${values.counting}`)}
            value={values.counting}
            choices={{
              sample: t('export.tokens.countingChoice.sample'),
              all: t('export.tokens.countingChoice.all'),
            }}
            onChange={(counting) => onChange({ counting })}
          />
        </>
      )}
    </>
  );
}
