import { Input, Select } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDomainText } from '../../../i18n/domain';
import type { ProfileView } from '../../../ipc/generated';
import { MarkedText } from '../preview/MarkedText';
import { Advanced } from './Advanced';
import { FileFields } from './FileFields';
import { Choice } from './fields';
import type { GroupProps } from './group';
import classes from './RecipeForm.module.css';
import { ShareSlider } from './ShareSlider';
import { SplitFields } from './SplitFields';

interface Props extends GroupProps<'output'> {
  profiles: ProfileView[];
  /** Whether the dataset will be one file, which holds all rows, whatever their side. */
  isOneFile: boolean;
  /** The fields of the token check, which few people need. */
  children: ReactNode;
}

/** What is written. */
export function OutputFields({ values, onChange, errorAt, profiles, isOneFile, children }: Props) {
  const { t } = useTranslation();
  const words = useDomainText();
  const example = profiles.find((profile) => profile.name === values.profile)?.example;
  // What is wrong with the section as a whole is its split, or a profile without such rows.
  const sectionError = errorAt('output.valFraction');
  const leavesTraining = values.valFraction + values.testFraction < 1;
  return (
    <>
      <Choice
        label={t('export.output.task')}
        help={t(`export.output.taskHelp.${values.task}`)}
        error={
          sectionError !== undefined && leavesTraining ? t('export.output.noSuchRows') : undefined
        }
        value={values.task}
        choices={{
          sft: t('export.output.taskChoice.sft'),
          dpo: t('export.output.taskChoice.dpo'),
          kto: t('export.output.taskChoice.kto'),
        }}
        onChange={(task) => onChange({ task, ...(task === 'dpo' && { stratify: [] }) })}
      />
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
      <Input.Wrapper size="xs" error={leavesTraining ? undefined : sectionError}>
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
          help={t('export.output.testFractionHelp')}
          value={values.testFraction}
          isDisabled={isOneFile}
          onChange={(testFraction) => onChange({ testFraction })}
        />
      </Input.Wrapper>
      <Advanced>
        <FileFields
          values={values}
          onChange={onChange}
          errorAt={errorAt}
          profiles={profiles}
          isOneFile={isOneFile}
        />
        {children}
        <SplitFields values={values} onChange={onChange} errorAt={errorAt} />
      </Advanced>
    </>
  );
}
