import { Button } from '@mantine/core';
import { useCopying } from './useCopying';

interface Props {
  /** What to copy, or how to get it. */
  text: string | (() => Promise<string>);
  label: string;
  /** What the button is called where its label alone does not tell. */
  name?: string;
  size?: 'compact-xs' | 'xs';
}

/** Copies a text to the clipboard and says whether it worked. */
export function CopyButton({ text, label, name, size = 'compact-xs' }: Props) {
  const { copy, Icon, outcome } = useCopying(text);
  return (
    <Button
      size={size}
      variant="default"
      leftSection={<Icon size={13} aria-hidden />}
      aria-label={outcome === undefined ? name : undefined}
      onClick={copy}
    >
      <span aria-live="polite">{outcome ?? label}</span>
    </Button>
  );
}
