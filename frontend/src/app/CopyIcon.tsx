import { ActionIcon } from '@mantine/core';
import { useCopying } from './useCopying';

/** Copies a text from where there is no room for words. */
export function CopyIcon({ text, label }: { text: string; label: string }) {
  const { copy, Icon, outcome } = useCopying(text);
  const shown = outcome ?? label;
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="sm"
      aria-label={shown}
      title={shown}
      onClick={copy}
    >
      <Icon size={14} aria-hidden />
    </ActionIcon>
  );
}
