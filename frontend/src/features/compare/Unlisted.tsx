import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CompareStartResponse } from '../../ipc/generated';

type Props = Pick<CompareStartResponse, 'tooLong' | 'context'> & { listed: number };

/** Why fewer questions are listed than the dataset has, or none. */
export function Unlisted({ listed, tooLong, context }: Props) {
  const { t } = useTranslation();
  if (listed > 0 && tooLong === 0) {
    return null;
  }
  return (
    <Text size="xs" c="var(--ink-soft)">
      {tooLong === 0
        ? t('compare.noHeldOut')
        : t('compare.tooLong', { count: tooLong, longest: context })}
    </Text>
  );
}
