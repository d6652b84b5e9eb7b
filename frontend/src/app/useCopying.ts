import { type Icon, IconCheck, IconCopy, IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { copyText } from './copyText';

const SHOWN_FOR = 2000; // milliseconds

interface Copying {
  copy: () => void;
  Icon: Icon;
  /** What became of it, for a moment; undefined before and after. */
  outcome: string | undefined;
}

/** Copies a text, or what it is told to get, and says for a moment whether it worked. */
export function useCopying(text: string | (() => Promise<string>)): Copying {
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
      await copyText(typeof text === 'string' ? text : await text());
      setOutcome('copied');
    } catch {
      setOutcome('failed');
    }
  };
  return {
    copy: () => void copy(),
    Icon: { none: IconCopy, copied: IconCheck, failed: IconX }[outcome ?? 'none'],
    outcome: outcome && t(`copy.${outcome}`),
  };
}
