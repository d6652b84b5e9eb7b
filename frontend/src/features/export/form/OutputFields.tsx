import { Input, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDomainText } from '../../../i18n/domain';
import type { ProfileView } from '../../../ipc/generated';
import { MarkedText } from '../preview/MarkedText';
import { Advanced } from './Advanced';
import { WholeNumber } from './fields';
import type { GroupProps } from './group';
import classes from './RecipeForm.module.css';
import { ShareSlider } from './ShareSlider';

interface Props extends GroupProps<'output'> {
  profiles: ProfileView[];
  /** Whether the dataset will be one file, which holds all rows, whatever their side. */
  isOneFile: boolean;
}

/** What is written. */
export function OutputFields({ values, onChange, errorAt, profiles, isOneFile }: Props) {
  const { t } = useTranslation();
  const words = useDomainText();
  const example = profiles.find((profile) => profile.name === values.profile)?.example;
  return (
    <>
      <div>
        <Select
          size="xs"
          label={t('export.output.profile')}
          description={words('recipe.output.profile')}
          error={errorAt('output.profile')}
          data={profiles.map((profile) => profile.name)}
          value={values.profile}
          allowDeselect={false}
          onChange={(profile) => profile !== null && onChange({ profile })}
        />
        {example !== undefined && (
          <p className={classes.example} title={t('export.output.example')}>
            <MarkedText text={example} />
          </p>
        )}
      </div>
      <Input.Wrapper size="xs" error={errorAt('output.valFraction')}>
        <ShareSlider
          label={t('export.output.valFraction')}
          help={isOneFile ? t('export.output.noSplit') : t('export.output.valFractionHelp')}
          value={values.valFraction}
          isDisabled={isOneFile}
          onChange={(valFraction) => onChange({ valFraction })}
        />
      </Input.Wrapper>
      <Input.Wrapper size="xs" error={errorAt('output.testFraction')}>
        <ShareSlider
          label={t('export.output.testFraction')}
          help={words('recipe.output.test_fraction')}
          value={values.testFraction}
          isDisabled={isOneFile}
          onChange={(testFraction) => onChange({ testFraction })}
        />
      </Input.Wrapper>
      <Advanced>
        <WholeNumber
          label={t('export.output.seed')}
          help={words('recipe.output.seed')}
          error={errorAt('output.seed')}
          value={values.seed}
          max={Number.MAX_SAFE_INTEGER}
          onChange={(seed) => onChange({ seed })}
        />
      </Advanced>
    </>
  );
}
