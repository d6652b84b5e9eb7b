import { Group, Slider, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useFormats } from '../../../i18n/formats';

interface Props {
  label: string;
  help: string;
  value: number;
  isDisabled: boolean;
  onChange: (share: number) => void;
}

const MOST = 90;

/** A share in per cent; it takes effect when the slider is let go. */
export function ShareSlider({ label, help, value, isDisabled, onChange }: Props) {
  const formats = useFormats();
  const [percent, setPercent] = useState(value * 100);
  useEffect(() => setPercent(value * 100), [value]);
  return (
    <div>
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Text size="xs" fw={500}>
          {label}
        </Text>
        <Text size="xs" ff="monospace">
          {formats.percent(percent / 100)}
        </Text>
      </Group>
      <Text size="xs" c="var(--ink-soft)" mb={6}>
        {help}
      </Text>
      <Slider
        size="sm"
        thumbLabel={label}
        thumbValueText={formats.percent(percent / 100)}
        label={null}
        min={0}
        max={MOST}
        step={1}
        value={percent}
        disabled={isDisabled}
        onChange={setPercent}
        onChangeEnd={(end) => onChange(end / 100)}
      />
    </div>
  );
}
