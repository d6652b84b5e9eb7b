import {
  type ComboboxData,
  Input,
  MultiSelect,
  NumberInput,
  SegmentedControl,
  Switch,
  TagsInput,
} from '@mantine/core';
import { useEffect, useState } from 'react';

interface FieldProps {
  label: string;
  help: string;
  error?: string | undefined;
}

interface ListProps extends FieldProps {
  value: string[];
  onChange: (value: string[]) => void;
  options: ComboboxData;
  /** Shown while nothing is chosen: what an empty list means. */
  empty: string;
}

/** Some of what there is. What the data no longer holds stays visible, so that it can be removed. */
export function SomeOf({ label, help, error, value, onChange, options, empty }: ListProps) {
  return (
    <MultiSelect
      size="xs"
      label={label}
      description={help}
      error={error}
      data={options}
      value={value}
      onChange={onChange}
      placeholder={value.length === 0 ? empty : ''}
      searchable
      clearable
      hidePickedOptions
    />
  );
}

/** Words of one's own, with suggestions. */
export function Words({ label, help, error, value, onChange, options, empty }: ListProps) {
  return (
    <TagsInput
      size="xs"
      label={label}
      description={help}
      error={error}
      data={options}
      value={value}
      onChange={onChange}
      placeholder={value.length === 0 ? empty : ''}
      acceptValueOnBlur
      clearable
    />
  );
}

interface ChoiceProps<Value extends string> extends FieldProps {
  value: Value;
  onChange: (value: Value) => void;
  choices: Record<Value, string>;
}

/** One of a few. */
export function Choice<Value extends string>({
  label,
  help,
  error,
  value,
  onChange,
  choices,
}: ChoiceProps<Value>) {
  return (
    <Input.Wrapper size="xs" label={label} labelElement="div" description={help} error={error}>
      <SegmentedControl
        size="xs"
        mt={4}
        fullWidth
        aria-label={label}
        value={value}
        data={Object.entries<string>(choices).map(([key, text]) => ({ value: key, label: text }))}
        onChange={(key) => onChange(key as Value)}
      />
    </Input.Wrapper>
  );
}

interface YesNoProps extends FieldProps {
  value: boolean;
  onChange: (value: boolean) => void;
}

export function YesNo({ label, help, value, onChange }: YesNoProps) {
  return (
    <Switch
      size="xs"
      label={label}
      description={help}
      checked={value}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}

interface WholeNumberProps extends FieldProps {
  value: number;
  onChange: (value: number) => void;
  max: number;
  disabled?: boolean;
}

/** A number from 0; while the field is empty, the number before stays in force. */
export function WholeNumber({
  label,
  help,
  error,
  value,
  onChange,
  max,
  disabled = false,
}: WholeNumberProps) {
  const [typed, setTyped] = useState<number | string>(value);
  useEffect(() => setTyped(value), [value]);
  return (
    <NumberInput
      size="xs"
      styles={{ wrapper: { maxWidth: '10rem' } }}
      label={label}
      description={help}
      error={error}
      min={0}
      max={max}
      allowDecimal={false}
      disabled={disabled}
      value={typed}
      onChange={(next) => {
        setTyped(next);
        if (typeof next === 'number') {
          onChange(next);
        }
      }}
      onBlur={() => typed === '' && setTyped(value)}
    />
  );
}

interface PercentProps extends FieldProps {
  /** A share, from `min` to 1. */
  value: number;
  min: number;
  onChange: (value: number) => void;
}

/** A share as a percentage; while the field is empty, the share before stays in force. */
export function Percent({ label, help, error, value, min, onChange }: PercentProps) {
  return (
    <NumberInput
      size="xs"
      styles={{ wrapper: { maxWidth: '10rem' } }}
      label={label}
      description={help}
      error={error}
      suffix=" %"
      min={Math.round(min * 100)}
      max={100}
      step={5}
      allowDecimal={false}
      clampBehavior="blur"
      value={Math.round(value * 100)}
      onChange={(next) => {
        if (typeof next === 'number' && next >= min * 100 && next <= 100) {
          onChange(next / 100);
        }
      }}
    />
  );
}
