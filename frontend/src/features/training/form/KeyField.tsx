import { Input, SegmentedControl, Select, Switch, TagsInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NumberField } from '../../../app/NumberField';
import { useDomainText } from '../../../i18n/domain';
import { useFormats } from '../../../i18n/formats';
import type { Config } from '../session/config';
import classes from './ConfigForm.module.css';
import { type ConfigKey, type Control, controls, currentValue, withValue } from './keys';
import { rateShown, rateWritten } from './rate';

interface Props {
  name: ConfigKey;
  config: Config;
  onChange: (config: Config) => void;
  error: string | undefined;
}

const MOST_SEGMENTS = 3;

/** One hyperparameter: what it is called, what it does, and its value. */
export function KeyField({ name, config, onChange, error }: Props) {
  const { t } = useTranslation();
  const words = useDomainText();
  const control: Control = controls[name];
  const value = currentValue(config, name);
  const set = (next: string | number | boolean | string[]) =>
    onChange(withValue(config, name, next));
  const label = t(`training.field.${name}`);
  const common = {
    size: 'xs' as const,
    description: (
      <>
        {words(`training.${name}`)} <code className={classes.key}>{name.split('.')[1]}</code>
      </>
    ),
    error,
  };
  switch (control.kind) {
    case 'yesNo':
      return (
        <Switch
          {...common}
          label={label}
          checked={value === true}
          onChange={(event) => set(event.currentTarget.checked)}
        />
      );
    case 'words':
      return (
        <TagsInput
          {...common}
          label={label}
          data={[...control.suggestions]}
          value={value as string[]}
          onChange={set}
          acceptValueOnBlur
        />
      );
    case 'choice':
      return (
        <OneOf
          {...common}
          label={label}
          choices={control.choices}
          value={String(value)}
          onChange={(chosen) => set(chosen === 'true' ? true : chosen === 'false' ? false : chosen)}
        />
      );
    case 'rate':
      return (
        <RateOf
          {...common}
          label={label}
          control={control}
          value={value as number}
          onChange={set}
        />
      );
    default:
      return (
        <NumberField
          {...common}
          label={label}
          min={control.min}
          max={control.max}
          isDecimal={control.kind === 'decimal'}
          step={control.kind === 'decimal' ? control.step : 1}
          value={value as number}
          onChange={set}
        />
      );
  }
}

interface FieldProps {
  size: 'xs';
  label: string;
  description: React.ReactNode;
  error: string | undefined;
}

interface OneOfProps extends FieldProps {
  choices: readonly string[];
  value: string;
  onChange: (value: string) => void;
}

/** One of a few side by side, one of more in a list; their names are the libraries' own. */
function OneOf({ label, choices, value, onChange, ...common }: OneOfProps) {
  if (choices.length > MOST_SEGMENTS) {
    return (
      <Select
        {...common}
        label={label}
        data={[...choices]}
        value={value}
        allowDeselect={false}
        onChange={(chosen) => chosen !== null && onChange(chosen)}
      />
    );
  }
  return (
    <Input.Wrapper {...common} label={label} labelElement="div">
      <SegmentedControl
        size="xs"
        mt={4}
        fullWidth
        aria-label={label}
        data={[...choices]}
        value={value}
        onChange={onChange}
      />
    </Input.Wrapper>
  );
}

interface RateOfProps extends FieldProps {
  control: Extract<Control, { kind: 'rate' }>;
  value: number;
  onChange: (value: number) => void;
}

/** A rate, written as everybody does; while it cannot be read, the one before stays in force. */
function RateOf({ control: { min, max }, value, onChange, error, ...common }: RateOfProps) {
  const { t } = useTranslation();
  const { decimalSeparator: separator } = useFormats();
  const [typed, setTyped] = useState<string | null>(null);
  const isUnread = typed !== null && rateWritten(typed, min, max) === undefined;
  const range = { min: rateShown(min, separator), max: rateShown(max, separator) };
  return (
    <TextInput
      {...common}
      styles={{ wrapper: { maxWidth: '10rem' } }}
      error={isUnread ? t('training.form.rate', range) : error}
      value={typed ?? rateShown(value, separator)}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        const rate = rateWritten(currentTarget.value, min, max);
        if (rate !== undefined) {
          onChange(rate);
        }
      }}
      onBlur={() => setTyped(null)}
    />
  );
}
