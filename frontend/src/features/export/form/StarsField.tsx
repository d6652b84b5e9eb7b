import { Group, Input, Rating, Text } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  label: string;
  help: string;
  error: string | undefined;
  value: number;
  /** What the number of stars means, in words. */
  meaning: string;
  onChange: (stars: number) => void;
}

/** A rating from 1 to 5, as stars. */
export function StarsField({ label, help, error, value, meaning, onChange }: Props) {
  const { t } = useTranslation();
  const name = useId();
  // Before the first star there is a radio for none, which is no rating.
  const set = (stars: number) => onChange(Math.max(1, stars));
  return (
    <Input.Wrapper
      size="xs"
      label={label}
      labelElement="div"
      labelProps={{ id: name }}
      description={help}
      error={error}
    >
      <Group
        mt={4}
        gap="sm"
        // The component's own event is for the mouse, Space and Enter: it misses the arrow keys.
        onChange={(event) => set(Number((event.target as HTMLInputElement).value))}
      >
        <Rating
          aria-labelledby={name}
          value={value}
          getSymbolLabel={(count) => t('export.rating.stars', { count })}
          onChange={set}
        />
        <Text size="xs" c="var(--ink-soft)">
          {meaning}
        </Text>
      </Group>
    </Input.Wrapper>
  );
}
