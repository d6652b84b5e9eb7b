import { Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Advanced } from './Advanced';
import { Choice, Percent, WholeNumber } from './fields';
import type { GroupProps } from './group';

const LONGEST = 1_000_000;
const refusable = ['refusals', 'mixedLanguages', 'repeatedQuestions'] as const;
const bounds = ['minQuestion', 'maxQuestion', 'minAnswer', 'maxAnswer'] as const;

interface Props {
  quality: GroupProps<'quality'>;
  dedup: GroupProps<'dedup'>;
}

/** Which examples are worth learning, and what becomes of those that are nearly the same. */
export function QualityFields({ quality, dedup }: Props) {
  const { t } = useTranslation();
  const { values, onChange, errorAt } = quality;
  const dropOrKeep = { keep: t('export.quality.keep'), drop: t('export.quality.drop') };
  return (
    <>
      <Choice
        label={t('export.quality.near')}
        help={t('export.quality.nearHelp')}
        value={dedup.values.near}
        choices={{
          drop: t('export.quality.nearChoice.drop'),
          keep: t('export.quality.nearChoice.keep'),
          off: t('export.quality.nearChoice.off'),
        }}
        onChange={(near) => dedup.onChange({ near })}
      />
      {refusable.map((name) => (
        <Choice
          key={name}
          label={t(`export.quality.${name}`)}
          help={t(`export.quality.${name}Help`)}
          value={values[name]}
          choices={dropOrKeep}
          onChange={(choice) => onChange({ [name]: choice })}
        />
      ))}
      <Advanced>
        <Choice
          label={t('export.quality.lengthUnit')}
          help={t('export.quality.lengthUnitHelp')}
          value={values.lengthUnit}
          choices={{
            words: t('export.quality.unit.words'),
            characters: t('export.quality.unit.characters'),
          }}
          onChange={(lengthUnit) => onChange({ lengthUnit })}
        />
        <Group grow align="flex-start" gap="sm">
          {bounds.slice(0, 2).map((name) => (
            <WholeNumber
              key={name}
              label={t(`export.quality.${name}`)}
              help=""
              error={errorAt(`quality.${name}`)}
              value={values[name]}
              max={LONGEST}
              onChange={(bound) => onChange({ [name]: bound })}
            />
          ))}
        </Group>
        <Group grow align="flex-start" gap="sm">
          {bounds.slice(2).map((name) => (
            <WholeNumber
              key={name}
              label={t(`export.quality.${name}`)}
              help=""
              error={errorAt(`quality.${name}`)}
              value={values[name]}
              max={LONGEST}
              onChange={(bound) => onChange({ [name]: bound })}
            />
          ))}
        </Group>
        <Percent
          label={t('export.quality.maxRepetition')}
          help={t('export.quality.maxRepetitionHelp')}
          error={errorAt('quality.maxRepetition')}
          value={values.maxRepetition}
          min={0}
          onChange={(maxRepetition) => onChange({ maxRepetition })}
        />
        {dedup.values.near !== 'off' && (
          <Percent
            label={t('export.quality.threshold')}
            help={t('export.quality.thresholdHelp')}
            error={dedup.errorAt('dedup.threshold')}
            value={dedup.values.threshold}
            min={0.5}
            onChange={(threshold) => dedup.onChange({ threshold })}
          />
        )}
      </Advanced>
    </>
  );
}
