import { ActionIcon } from '@mantine/core';
import { useCopying } from './useCopying';

interface Props {
  text: string;
  label: string;
  /** What makes it part of a toolbar. */
  item?: { 'data-item': number; tabIndex: number; onFocus: () => void };
}

/** Copies a text from where there is no room for words. */
export function CopyIcon({ text, label, item }: Props) {
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
      {...item}
    >
      <Icon size={14} aria-hidden />
    </ActionIcon>
  );
}
