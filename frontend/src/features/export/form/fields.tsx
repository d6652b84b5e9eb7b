import {
  type ComboboxData,
  Input,
  MultiSelect,
  SegmentedControl,
  Switch,
  TagsInput,
} from '@mantine/core';
import { NumberField } from '../../../app/NumberField';
import { useFormats } from '../../../i18n/formats';

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
}

/** A number from 0. */
export function WholeNumber({ help, ...others }: WholeNumberProps) {
  return <NumberField description={help} min={0} {...others} />;
}

interface PercentProps extends FieldProps {
  /** A share, from `min` to 1. */
  value: number;
  min: number;
  onChange: (value: number) => void;
}

/** A share as a percentage. */
export function Percent({ help, value, min, onChange, ...others }: PercentProps) {
  const { percentSign } = useFormats();
  return (
    <NumberField
      {...others}
      description={help}
      suffix={percentSign}
      min={Math.round(min * 100)}
      max={100}
      step={5}
      value={Math.round(value * 100)}
      onChange={(percent) => onChange(percent / 100)}
    />
  );
}
