import { Button } from '@mantine/core';
import { IconCheck, IconCopy, IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

const SHOWN_FOR = 2000;

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
  const { t } = useTranslation();
  const [outcome, setOutcome] = useState<'copied' | 'failed'>();
  useEffect(() => {
    if (outcome === undefined) {
      return;
    }
    const timer = setTimeout(() => setOutcome(undefined), SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(typeof text === 'string' ? text : await text());
      setOutcome('copied');
    } catch {
      setOutcome('failed');
    }
  };
  const Icon = outcome === undefined ? IconCopy : outcome === 'copied' ? IconCheck : IconX;
  const shown = outcome === undefined ? label : t(`copy.${outcome}`);
  return (
    <Button
      size={size}
      variant="default"
      leftSection={<Icon size={13} aria-hidden />}
      aria-label={outcome === undefined ? name : undefined}
      onClick={() => void copy()}
    >
      <span aria-live="polite">{shown}</span>
    </Button>
  );
}
