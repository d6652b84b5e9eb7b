import { NumberInput } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { useFormats } from '../i18n/formats';

interface Props {
  label: string;
  description?: ReactNode;
  error?: string | undefined;
  size?: 'xs' | 'sm';
  value: number;
  min: number;
  max: number;
  step?: number;
  isDecimal?: boolean;
  /** Written behind the number, such as the sign of a percentage. */
  suffix?: string;
  onChange: (value: number) => void;
}

const DECIMALS = 10;

/** A number, written as the language writes it; while none from `min` to `max` stands there, the one before stays in force. */
export function NumberField({
  value,
  min,
  max,
  isDecimal = false,
  size = 'xs',
  suffix = '',
  onChange,
  ...others
}: Props) {
  const { decimalSeparator } = useFormats();
  const [typed, setTyped] = useState<number | string>(value);
  useEffect(() => setTyped(value), [value]);
  return (
    <NumberInput
      {...others}
      size={size}
      styles={{ wrapper: { maxWidth: '10rem' } }}
      min={min}
      max={max}
      allowDecimal={isDecimal}
      allowNegative={min < 0}
      decimalScale={isDecimal ? DECIMALS : 0}
      decimalSeparator={decimalSeparator}
      suffix={suffix}
      value={typed}
      onChange={(next) => {
        setTyped(next);
        if (typeof next === 'number' && next >= min && next <= max) {
          onChange(next);
        }
      }}
      onBlur={() => typeof typed !== 'number' && setTyped(value)}
    />
  );
}
