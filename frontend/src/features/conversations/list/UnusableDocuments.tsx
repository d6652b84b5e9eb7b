import { Anchor, Modal, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNote } from '../../../app/FailureNote';
import { useProblemDetail } from '../../../i18n/details';
import { call } from '../../../ipc/client';
import type { UnusableResponse } from '../../../ipc/generated';
import { libraryKeys } from '../library/keys';
import classes from './UnusableDocuments.module.css';

/** How many files could not be read; which ones, why, and what to do about it, on request. */
export function UnusableDocuments({ root, count }: { root: string; count: number }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  if (count === 0) {
    return null;
  }
  return (
    <>
      <Anchor
        component="button"
        type="button"
        size="xs"
        aria-haspopup="dialog"
        onClick={() => setOpened(true)}
      >
        {t('conversations.unusable.count', { count })}
      </Anchor>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={t('conversations.unusable.title')}
        closeButtonProps={{ 'aria-label': t('conversations.close') }}
        size="lg"
      >
        <Text size="sm" c="var(--ink-soft)" mb="md">
          {t('conversations.unusable.help')}
        </Text>
        <Listed root={root} />
      </Modal>
    </>
  );
}

function Listed({ root }: { root: string }) {
  const { t } = useTranslation();
  const worded = useProblemDetail();
  const unusable = useQuery<UnusableResponse>({
    queryKey: libraryKeys.unusable(root),
    queryFn: () => call('library_unusable', {}),
  });
  if (unusable.isError) {
    return <FailureNote error={unusable.error} onRetry={() => void unusable.refetch()} />;
  }
  if (unusable.data === undefined) {
    return null;
  }
  const { documents, total } = unusable.data;
  const problems = [...new Set(documents.map(({ problem }) => problem))];
  return (
    <>
      <ul className={classes.remedies}>
        {problems.map((problem) => (
          <li key={problem}>
            <strong>{t(`conversations.unusable.${problem}`)}</strong>{' '}
            {t(`export.remedy.${problem}`)}
          </li>
        ))}
      </ul>
      <Table verticalSpacing={6} layout="fixed">
        <Table.Thead>
          <Table.Tr>
            <Table.Th w="60%">{t('conversations.unusable.file')}</Table.Th>
            <Table.Th>{t('conversations.unusable.why')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {documents.map(({ path, problem, detail }) => (
            <Table.Tr key={path}>
              <Table.Td ff="monospace" fz="xs" style={{ overflowWrap: 'anywhere' }}>
                {path}
              </Table.Td>
              <Table.Td fz="sm">
                {t(`conversations.unusable.${problem}`)}
                {detail !== '' && (
                  <Text
                    size="xs"
                    c="var(--ink-soft)"
                    style={{ overflowWrap: 'anywhere' }}
                    title={detail}
                  >
                    {worded(problem, detail)}
                  </Text>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {total > documents.length && (
        <Text size="sm" mt="sm">
          {t('conversations.unusable.more', { count: total - documents.length })}
        </Text>
      )}
    </>
  );
}
